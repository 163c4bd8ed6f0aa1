"""Files of a session: what the app saves, the command line runs, and the other way round."""

import io
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from collabsim.app.draft import Draft
from collabsim.app.workspace import LETTERS, MOST_SCENARIOS, Workspace
from collabsim.config import Comparison, ConfigError, dump_yaml, load_config
from collabsim.config.comparison import the_same, titles_of
from collabsim.config.contents import LARGEST_FILE_BYTES
from collabsim.config.errors import OutsideError, Place, shown
from collabsim.config.writing import dump_comparison
from collabsim.parameters import Scenario
from collabsim.phrases import Phrase

COMPARISON = "comparison.yaml"
ENDINGS = (".yaml", ".yml")
MOST_FILES = 10


def saved(workspace: Workspace, replicates: int) -> bytes:
    """Give a zip with a file a scenario and, of more than one that differ, a comparison of them.

    Raises:
        ConfigError: a scenario cannot be used as it is.

    """
    scenarios = workspace.scenarios()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts(scenarios, replicates).items():
            # A fixed date, so that the same session gives the same file.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return stream.getvalue()


def texts(scenarios: Sequence[Scenario], replicates: int) -> dict[str, str]:
    """Give the files of a session by name; copies that nobody changed yet are no comparison."""
    files = {
        file_name(letter, scenario.name): dump_yaml(scenario)
        for letter, scenario in zip(LETTERS, scenarios, strict=False)
    }
    if len(files) > 1 and the_same(scenarios) is None:
        names = list(files)
        english, dutch = titles_of(scenarios)
        files[COMPARISON] = dump_comparison(english, names, replicates, name_nl=dutch)
    return files


def file_name(letter: str, name: str) -> str:
    """Give a scenario a file name of plain letters: "b-same-ten-for-ever.yaml"."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return f"{letter.lower()}-{plain or 'scenario'}.yaml"


def loaded(uploads: Iterable[tuple[str, bytes]]) -> Workspace:
    """Open files that somebody gives: scenarios, or a comparison with its scenarios, or a zip of them.

    They are put in a folder of their own, out of which no config can refer, read as data by the
    same reader as any config, and removed.

    Args:
        uploads: names and contents.

    Raises:
        ConfigError: there is nothing to open, too much, or a file cannot be used.

    """
    given = list(unpacked(uploads))
    counts = Counter(name for name, _ in given)
    twice = next((name for name, count in counts.items() if count > 1), None)
    if twice is not None:
        raise refusal(
            Phrase(f"two files are called {twice}", f"twee bestanden heten {twice}"),
            Phrase("give one of them another name", "geef een van de twee een andere naam"),
        )
    files = dict(given)
    if not files:
        raise refusal(
            Phrase("there is no config in this", "hier zit geen config in"),
            Phrase(
                "give files that end in .yaml, or a zip of them",
                "geef bestanden die op .yaml eindigen, of een zip ervan",
            ),
        )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        try:
            return opened([folder / name for name in files])
        except ConfigError as error:
            raise without_folder(error, folder) from None


def opened(paths: Sequence[Path]) -> Workspace:
    """Open the one comparison among files, or else their scenarios.

    Raises:
        ConfigError: a file cannot be used, or there are too many scenarios.

    """
    comparisons: list[Comparison] = []
    scenarios: list[Scenario] = []
    for path in paths:
        config = load_config(path)
        if isinstance(config, Comparison):
            comparisons.append(config)
        else:
            scenarios.append(config)
    if len(comparisons) > 1:
        raise refusal(
            Phrase(
                f"there are {len(comparisons)} comparisons",
                f"er zijn {len(comparisons)} vergelijkingen",
            ),
            Phrase("give one, with its scenarios", "geef er een, met de scenario's ervan"),
        )
    if comparisons:
        scenarios = list(comparisons[0].scenarios)
    if len(scenarios) > MOST_SCENARIOS:
        raise refusal(
            Phrase(f"there are {len(scenarios)} scenarios", f"er zijn {len(scenarios)} scenario's"),
            Phrase(
                f"the app shows at most {MOST_SCENARIOS} beside each other; leave the others out",
                f"de app toont er hooguit {MOST_SCENARIOS} naast elkaar; laat de andere weg",
            ),
        )
    return Workspace([Draft(scenario) for scenario in scenarios])


def unpacked(uploads: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    """Give the config files among uploads, by their own names without folders."""
    count = 0
    for name, content in uploads:
        zipped = name.lower().endswith(".zip")
        for own_name, own_content in in_zip(name, content) if zipped else [(name, content)]:
            plain = PurePosixPath(own_name.replace("\\", "/")).name
            if not plain.lower().endswith(ENDINGS):
                continue
            count += 1
            if count > MOST_FILES:
                raise refusal(
                    Phrase(
                        f"there are more than {MOST_FILES} configs",
                        f"er zijn meer dan {MOST_FILES} configs",
                    ),
                    Phrase("give fewer", "geef er minder"),
                )
            yield plain, own_content


def in_zip(name: str, content: bytes) -> Iterable[tuple[str, bytes]]:
    """Give the files in a zip, each no larger than a config may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[: 2 * MOST_FILES]:
                with archive.open(entry) as stream:
                    # What a zip says of its sizes is not to be trusted: read no more than allowed.
                    yield entry.filename, stream.read(LARGEST_FILE_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        # Why stands there in the words of Python; in Dutch the one cause that one can know of.
        locked = " (er zit een wachtwoord op)" if isinstance(error, RuntimeError) else ""
        raise refusal(
            Phrase(f"{name} cannot be unpacked ({error})", f"{name} is niet uit te pakken{locked}"),
            Phrase("make the zip again", "maak de zip opnieuw"),
        ) from error


def without_folder(error: ConfigError, folder: Path) -> ConfigError:
    """Give an error as it would be for files without a folder: where they lay means nothing."""
    place = error.place
    if place.file is not None:
        place = place._replace(file=place.file.replace(f"{folder}/", ""))
    if isinstance(error, OutsideError):
        return outside(error, place)
    found, rule, repair = (
        Phrase(text.replace(f"{folder}/", ""), text.nl.replace(f"{folder}/", ""))
        for text in (error.found, error.rule, error.repair)
    )
    return ConfigError(
        found,
        rule=rule,
        repair=repair,
        place=place,
        key=error.key,
        value=error.value,
        more=error.more,
    )


def outside(error: ConfigError, place: Place) -> ConfigError:
    """Give the error for a config that refers to a file that is not among those that were given."""
    key, value = error.key, error.value
    return ConfigError(
        Phrase(
            f"{key} is {shown(value)}, which lies outside what was opened",
            f"{key} is {shown(value, 'nl')}, en dat ligt buiten wat is geopend",
        ),
        rule=Phrase(
            "a config that is opened here may only use files that are opened with it",
            "een config die hier wordt geopend, gebruikt alleen bestanden die mee worden geopend",
        ),
        repair=Phrase(
            f"open that file too, and write only its name at {key}",
            f"open dat bestand ook, en schrijf bij {key} alleen de naam ervan",
        ),
        place=place,
        key=key,
        value=value,
    )


def refusal(found: Phrase, repair: Phrase) -> ConfigError:
    """Give the error for files that cannot be opened."""
    rule = Phrase(
        "a session is opened from its config files",
        "een sessie wordt geopend uit haar configbestanden",
    )
    return ConfigError(found, rule=rule, repair=repair)
