"""Made pages against which readings are measured and calibrated; not installed."""
