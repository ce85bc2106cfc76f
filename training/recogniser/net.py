"""The net: a fully convolutional reader of lines, 1.5 million weights, four columns a frame."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

from training.recogniser.alphabet import CLASSES

STEM = ((1, 24, (3, 3), (2, 2), (1, 1)), (24, 48, (3, 3), (2, 1), (1, 1)), (48, 48, (3, 3), (1, 1), (1, 1)),
        (48, 96, (3, 3), (2, 2), (1, 1)), (96, 96, (3, 3), (1, 1), (1, 1)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide and deep the net is; `reach` holds the width of each block's kernel, in frames."""

    channels: int = 224
    hidden: int = 448
    reach: tuple[int, ...] = (7, 7, 9, 9, 9)


class Block(nn.Module):
    """What stands left and right of a frame, then what that means; added to what was known."""

    def __init__(self, channels: int, hidden: int, reach: int) -> None:
        super().__init__()
        self.look = nn.Conv2d(channels, channels, (1, reach), padding=(0, reach // 2), groups=channels, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.widen = nn.Conv2d(channels, hidden, 1)
        self.narrow = nn.Conv2d(hidden, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.narrow(functional.relu(self.widen(self.norm(self.look(x)))))
        return x + out


class Net(nn.Module):
    """Ink [N, 1, 32, W] to scores [N, 96, W/4]; the soft-max is left to the loss or the shipped file."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape or Shape()
        layers: list[nn.Module] = []
        last = (96, self.shape.channels, (4, 3), (4, 1), (0, 1))
        for into, out, kernel, stride, pad in (*STEM, last):
            layers += [
                nn.Conv2d(into, out, kernel, stride, pad, bias=False),
                nn.BatchNorm2d(out),
                nn.ReLU(inplace=True),
            ]
        self.stem = nn.Sequential(*layers)
        self.blocks = nn.Sequential(*(Block(self.shape.channels, self.shape.hidden, r) for r in self.shape.reach))
        self.norm = nn.BatchNorm2d(self.shape.channels)
        self.out = nn.Conv2d(self.shape.channels, CLASSES, 1)

    def forward(self, ink: Tensor) -> Tensor:
        scores: Tensor = self.out(self.norm(self.blocks(self.stem(ink))))
        return scores.squeeze(2)
