"""Papers as they are typed, for tests to go on from: the head of a statement, the opening of a complaint."""

STATEMENT = """\
                PEOPLE OF THE STATE OF ILLINOIS              PAGE   001
                               VS                   NUMBER 93CR9912301
    MARLOW       DESMOND       T          DOB 04/12/70
    ARREST DATE 02/01/93   DATE OF OFFENSE 02/01/93

                  CERTIFIED STATEMENT OF CONVICTION / DISPOSITION
  Charging the above named defendant with:

  C001  720 ILCS 550/4(C)       POSS CANNABIS 10-30 GRAMS  CLASS A MISDEMEANOR
{more}
  The following disposition(s) was/were rendered before the
  Honorable Judge(s):

  03/18/93 DEFENDANT ARRAIGNED            C001
"""

ACCUSED = """\
              CIRCUIT COURT OF COOK COUNTY

 Deft.  Carlos T. Garcia
 Case Number  04MC146596201
                    COMPLAINT
 DATE OF BIRTH: 1/7/82

 Carmen McCray, complainant, now appears before the Circuit Court of
 Cook County and states that Carlos Garcia has, on or about 11/5/04, at
 1200 W Madison, Chicago, committed the offense of"""

ORDER_HEAD = """\
               IN THE CIRCUIT COURT OF KANE COUNTY

PEOPLE OF THE STATE OF ILLINOIS,
          Plaintiff,                        NO. 89-CF-1193
     -vs-
BERNARD HOLLOMAN,
          Defendant.

                           {title}

"""
ORDER_FOOT = """

ENTERED: 08/21/1989

                    ____________________________
                    Judge Adele M. Okonjo
"""
