"""An array that grows at its end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


class Growing:
    """Rows of one kind, one after the other; `held` are those added so far."""

    __slots__ = ("_room", "_used")

    def __init__(self, dtype: npt.DTypeLike, *columns: int) -> None:
        self._room: npt.NDArray[Any] = np.zeros((16, *columns), dtype=dtype)
        self._used = 0

    @property
    def held(self) -> npt.NDArray[Any]:
        return self._room[: self._used]

    def add(self, rows: npt.NDArray[Any]) -> None:
        """Adds rows behind the others."""
        total = self._used + len(rows)
        if total > len(self._room):
            room = np.empty((2 * total, *self._room.shape[1:]), dtype=self._room.dtype)
            room[: self._used] = self.held
            self._room = room
        self._room[self._used : total] = rows
        self._used = total
