"""Trains the net that tells which way up a page lies: `python -m training.orientation`, a few minutes on one core.

Made pages of the train split, and prose in mixed case drawn from the documentation that Python ships; layouts, fonts
and wear of the held-out split are never seen. Writes digitize/prepare/orientation.npz.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics
from random import Random

import cv2
import numpy as np
import numpy.typing as npt
import torch
from PIL import Image, ImageDraw

from digitize.prepare.letters import pieces_of
from digitize.prepare.orientation import SIDE, Windows, windows_of
from digitize.prepare.paper import dark_on_light, even, lighting_of, paper_of
from digitize.prepare.pieces import reduced
from specimens import Maker, splits
from specimens.fonts import faces, outline

OUT = Path(__file__).parent.parent / "digitize/prepare/orientation.npz"
HIDDEN = (128, 32)
A_PAGE = 260  # windows taken from one page
SHIFT = 2  # pixels either way
DEPENDENT = 8.0  # windows of a page err together: about so many count as one


def made_pages(seed: int, total: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Docket pages of the train split, upright."""
    kept = splits()["train"]
    maker = Maker(seed, layouts=kept.layouts, fonts=kept.fonts, wear=kept.wear)
    for specimen in maker.specimens(total):
        if len(specimen.words) >= 20:
            scan = specimen.scan()
            yield np.ascontiguousarray(np.rot90(scan.picture, -scan.quarters))


def prose_pages(seed: int, total: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Prose in mixed case, in typewriter and book faces, a little worn."""
    rng = Random(seed)
    fonts = [name for name in splits()["train"].fonts if not faces()[name].grid]
    text = [re.sub(r"[*`:|]+", "", line) for topic in topics.values() for line in topic.split(". ")]
    for _ in range(total):
        yield _typed(rng, rng.choice(fonts), rng.sample(text, 40))


def _typed(rng: Random, font: str, sentences: list[str]) -> npt.NDArray[np.uint8]:
    size = rng.randint(30, 52)
    page, face = Image.new("L", (1800, 2200), rng.randint(190, 252)), outline(font, size)
    pen, columns = ImageDraw.Draw(page), int((1800 - 300) / face.getlength("n"))
    words, line, top = " ".join(sentences).split(), "", 150
    pitch, ink = round(size * rng.choice((1.1, 1.2, 1.7, 2.2))), rng.randint(10, 110)
    for word in words:
        if len(line) + len(word) < columns * rng.uniform(0.9, 1.0):
            line += f" {word}"
            continue
        pen.text((150, top), line.strip(), font=face, fill=ink)
        line, top = word, top + pitch
        if top > 2050:
            break
    grey = cv2.GaussianBlur(np.asarray(page), (0, 0), rng.uniform(0.5, 2.4))
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(1, 14), grey.shape)
    return np.clip(grey + noise, 0, 255).astype(np.uint8)


def windows_on(page: npt.NDArray[np.uint8], rng: Random) -> Windows:
    """What the net is shown of a page that lies askew by a few degrees, larger by what it is shifted later."""
    height, width = page.shape
    lean = cv2.getRotationMatrix2D((width / 2, height / 2), rng.gauss(0, 2.0), 1.0)
    askew = cv2.warpAffine(page, lean, (width, height), borderMode=cv2.BORDER_REPLICATE)
    # Laid any way and its windows turned back: nothing but the letters may tell the turn.
    quarters = rng.randrange(4)
    small, _ = reduced(dark_on_light(np.ascontiguousarray(np.rot90(askew, quarters))))
    clean = even(small, lighting_of(small, paper_of(small)))
    windows = windows_of(clean, pieces_of(clean), most=A_PAGE, side=SIDE + 2 * SHIFT)
    return np.rot90(windows, -quarters, axes=(1, 2))


def trained(windows: torch.Tensor, epochs: int) -> torch.nn.Sequential:
    """The net after so many rounds over all windows; each is shown in its four turns, one of them upright."""
    net = torch.nn.Sequential(
        torch.nn.Linear(SIDE * SIDE, HIDDEN[0]), torch.nn.ReLU(), torch.nn.Dropout(0.15),
        torch.nn.Linear(HIDDEN[0], HIDDEN[1]), torch.nn.ReLU(),
        torch.nn.Linear(HIDDEN[1], 1, bias=False),
    )  # fmt: skip
    batches = len(windows) // 256
    steps = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.05)
    slower = torch.optim.lr_scheduler.OneCycleLR(steps, 2e-3, total_steps=epochs * batches)
    for epoch in range(epochs):
        total = 0.0
        for some in torch.randperm(len(windows))[: batches * 256].view(batches, 256):
            shares = torch.log_softmax(looks(net, _varied(windows[some])), dim=1)[:, 0]
            loss = -torch.clamp(shares, min=-6.0).mean()  # what no letter could tell teaches nothing
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 0.5)
            steps.step()
            slower.step()
            total += loss.item()
        print(f"round {epoch + 1}: loss {total / batches:.3f}", flush=True)
    return net.eval()


def looks(net: torch.nn.Module, windows: torch.Tensor) -> torch.Tensor:
    """How upright each window looks as it is, and turned clockwise by 90, 180 and 270 degrees."""
    turns = [torch.rot90(windows, -turn, (1, 2)).flatten(1) for turn in range(4)]
    return torch.cat([net(turn) for turn in turns], dim=1)


def _varied(windows: torch.Tensor) -> torch.Tensor:
    """The windows a little shifted, darker or lighter."""
    down, right = (int(torch.randint(0, 2 * SHIFT + 1, ())) for _ in range(2))
    shifted = windows[:, down : down + SIDE, right : right + SIDE]
    return torch.clamp(shifted * (0.7 + 0.6 * torch.rand(len(windows), 1, 1)), 0, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=560)
    parser.add_argument("--prose", type=int, default=150)
    parser.add_argument("--seed", type=int, default=61)
    parser.add_argument("--epochs", type=int, default=16)
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(1)
    rng = Random(chosen.seed)
    pages = [*made_pages(chosen.seed, chosen.pages), *prose_pages(chosen.seed, chosen.prose)]
    windows = torch.from_numpy(np.concatenate([windows_on(page, rng) for page in pages]))
    print(f"{len(windows)} windows from {len(pages)} pages")
    net = trained(windows, chosen.epochs)
    names = ("first", "first_bias", "second", "second_bias", "last")
    layers = [weight.detach().numpy().T for weight in net.parameters()]
    kept = {name: layer.squeeze().astype(np.float16) for name, layer in zip(names, layers, strict=True)}
    np.savez_compressed(OUT, **kept, weight=1 / DEPENDENT)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
