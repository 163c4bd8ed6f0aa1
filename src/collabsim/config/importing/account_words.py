"""What the account of an import says, in English and Dutch."""

from collabsim.analysis.counting import filled
from collabsim.analysis.wording import Lang, number

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Account of the import: {name}", "Verantwoording van de import: {name}"),
    "used": ("Used", "Gebruikt"),
    "guessed": ("Guessed", "Gegist"),
    "missing": ("Missing", "Ontbreekt"),
    "left out": ("Left out", "Weggelaten"),
    "organisations": (
        "{municipalities} municipalities and {providers} providers, in the fields {fields}.",
        "{municipalities} gemeenten en {providers} aanbieders, op de terreinen {fields}.",
    ),
    "grade": (
        "Grade for {name}: {mean}, the mean of {respondents} respondents (spread {spread}).",
        "Cijfer voor {name}: {mean}, het gemiddelde van {respondents} invullers (spreiding {spread}).",
    ),
    "one grade": (
        "Grade for {name}: {mean}, of one respondent.",
        "Cijfer voor {name}: {mean}, van één invuller.",
    ),
    "ties": (
        "The survey: {organisations} organisations on others, with answers for {answered} of {pairs} pairs.",
        (
            "De vragenlijst: {organisations} organisaties over anderen, met antwoorden voor {answered} "
            "van {pairs} tweetallen."
        ),
    ),
    "answers": (
        "{name}: {all} answers, of which {given} given and {drawn} ({share}%) drawn.",
        "{name}: {all} antwoorden, waarvan {given} gegeven en {drawn} ({share}%) geloot.",
    ),
    "answers between two": (
        (
            "{name}: {all} answers, of which {given} given, {taken_over} taken over from the other side "
            "and {drawn} ({share}%) drawn."
        ),
        (
            "{name}: {all} antwoorden, waarvan {given} gegeven, {taken_over} overgenomen van de andere kant "
            "en {drawn} ({share}%) geloot."
        ),
    ),
    "pseudonyms": (
        "All names were replaced by pseudonyms. Who has the list of names can find out who is who.",
        "Alle namen zijn vervangen door pseudoniemen. Wie de lijst met namen heeft, kan herleiden wie wie is.",
    ),
    "unnamed sheet": (
        "Of {file} the first sheet was read.",
        "Van {file} is het eerste blad gelezen.",
    ),
    "scale": (
        "{name}: answers from {low} to {high} were put on a scale from 0 to 1, in equal steps.",
        "{name}: antwoorden van {low} tot {high} zijn in gelijke stappen op een schaal van 0 tot 1 gezet.",
    ),
    "layer": (
        (
            "Knowing and meeting are taken to be of the people of one layer ({layer}); of the other "
            "layers the model makes a history. Trust is taken for both kinds, in competence and in integrity."
        ),
        (
            "Kennen en treffen gelden voor de mensen van één laag ({layer}); voor de andere lagen maakt "
            "het model een geschiedenis. Vertrouwen geldt voor beide soorten, in bekwaamheid en in oprechtheid."
        ),
    ),
    "meets": (
        "How often parties meet was read as {period}; it counts as their contacts of the past twelve months.",
        (
            "Hoe vaak partijen elkaar treffen is gelezen als {period}; het telt als hun contacten van de "
            "afgelopen twaalf maanden."
        ),
    ),
    "week": ("times a week", "keer per week"),
    "month": ("times a month", "keer per maand"),
    "quarter": ("times a quarter", "keer per kwartaal"),
    "year": ("times a year", "keer per jaar"),
    "few": (
        (
            "{name}: answers given: {given}. All others are drawn from so few, so results show less doubt than "
            "there is."
        ),
        (
            "{name}: gegeven antwoorden: {given}. Alle andere zijn uit zo weinig geloot, dus resultaten tonen "
            "minder twijfel dan er is."
        ),
    ),
    "needs": (
        "Needs of a resident at once: at most {most}, no more than there are fields.",
        "Hulpvragen van een inwoner tegelijk: hooguit {most}, niet meer dan er terreinen zijn.",
    ),
    "unused": (
        "{file}: nothing was taken from the columns {columns}.",
        "{file}: uit de kolommen {columns} is niets overgenomen.",
    ),
    "staff of towns": (
        "{file}: the staff of {count} municipalities was not used; the model takes their inhabitants.",
        "{file}: het personeel van {count} gemeenten is niet gebruikt; het model neemt hun inwoners.",
    ),
    "usual size": (
        "Sizes of providers were divided by their geometric mean ({usual}), so that a usual one has size 1.",
        "De omvang van aanbieders is gedeeld door het meetkundig gemiddelde ({usual}); een gewone heeft dus 1.",
    ),
    "kinds": (
        "Treated as providers: {kinds}. The model knows municipalities and providers.",
        "Behandeld als aanbieder: {kinds}. Het model kent gemeenten en aanbieders.",
    ),
    "seats": (
        "The table has {seats} seats for providers, chosen by the municipalities. Change it as you know it.",
        (
            "De tafel heeft {seats} zetels voor aanbieders, gekozen door de gemeenten. Pas dat aan aan wat u "
            "weet."
        ),
    ),
    "grades move": (
        (
            "Many starts fit the grades; each replicate is one of them. That respondents differ is told here "
            "and not carried further: the mean is what the start gets."
        ),
        (
            "Veel beginsituaties passen bij de cijfers; elke herhaling is er één. Dat invullers verschillen "
            "staat hier en telt verder niet mee: het begin krijgt het gemiddelde."
        ),
    ),
    "both": (
        (
            "The grade for {grade} sets how well parties {what} each other on average; who does with whom "
            "follows the survey."
        ),
        (
            "Het cijfer voor {grade} bepaalt hoe goed partijen elkaar gemiddeld {what}; wie met wie volgt uit "
            "de vragenlijst."
        ),
    ),
    "know and trust": ("know and trust", "kennen en vertrouwen"),
    "know": ("know", "kennen"),
    "trust": ("trust", "vertrouwen"),
    "encoding": (
        "{file} was read as {encoding}; look whether accents came out well.",
        "{file} is gelezen als {encoding}; kijk of accenten goed zijn overgekomen.",
    ),
    "first sheet": (
        "Of {file} the first sheet was read: {sheet}.",
        "Van {file} is het eerste blad gelezen: {sheet}.",
    ),
    "thousands": (
        "{file}: as its other numbers show, {text} has a sign between thousands, and is {value}.",
        "{file}: zoals de andere getallen laten zien heeft {text} een teken tussen duizendtallen, en is het {value}.",
    ),
    "decimals": (
        "{file}: as its other numbers show, {text} is a number with three decimals.",
        "{file}: zoals de andere getallen laten zien is {text} een getal met drie decimalen.",
    ),
    "formulas": (
        "{file} has {formulas} formulas; the results that were saved with it were used.",
        "{file} bevat {formulas} formules; de bewaarde uitkomsten zijn gebruikt.",
    ),
    "no organisations": (
        "A list of organisations: the region of nine municipalities and fifty providers is used instead.",
        "Een lijst van organisaties: in plaats daarvan is de regio van negen gemeenten en vijftig aanbieders gebruikt.",
    ),
    "no grades": (
        "Grades: the start is the end of a history that the model makes.",
        "Cijfers: het begin is het einde van een geschiedenis die het model maakt.",
    ),
    "no grade": (
        "A grade for {name}: it is left as the history makes it.",
        "Een cijfer voor {name}: dat blijft zoals de geschiedenis het maakt.",
    ),
    "no survey": (
        "A network survey: who knows and trusts whom comes out of the history that the model makes.",
        "Een netwerkvragenlijst: wie wie kent en vertrouwt komt uit de geschiedenis die het model maakt.",
    ),
    "no ties": (
        (
            "Answers on {names} that nobody gave. They are drawn from the answers of pairs that are alike, anew in "
            "each replicate, so that this doubt is in the spread of all results."
        ),
        (
            "Antwoorden op {names} die niemand gaf. Die worden geloot uit antwoorden van tweetallen die op hen "
            "lijken, in elke herhaling opnieuw, zodat deze twijfel in de spreiding van alle resultaten zit."
        ),
    ),
    "no answer": (
        "Any answer on {name}: that comes out of the history that the model makes.",
        "Elk antwoord op {name}: dat komt uit de geschiedenis die het model maakt.",
    ),
    "no domain": (
        "The domain of {providers} providers: it is drawn.",
        "Het domein van {providers} aanbieders: dat wordt geloot.",
    ),
    "no size": (
        "The size of {providers} providers: it is drawn, few large ones and many small ones.",
        "De omvang van {providers} aanbieders: die wordt geloot, enkele grote en veel kleine.",
    ),
    "no inhabitants": (
        "The inhabitants of {municipalities} municipalities: they are drawn.",
        "De inwoners van {municipalities} gemeenten: die worden geloot.",
    ),
    "money": (
        "Contracts, budgets, hours and turnover of people: all at the model's assumptions.",
        "Contracten, budgetten, uren en verloop van mensen: alles op de aannamen van het model.",
    ),
    "between": (
        "In the survey one party stands between most others: {name}.",
        "In de vragenlijst staat één partij tussen de meeste anderen: {name}.",
    ),
    "not named": (
        "not named here; --name-connector does",
        "hier niet genoemd; met --name-connector wel",
    ),
    "practice": ("practice", "uitvoering"),
    "management": ("management", "management"),
    "board": ("board", "bestuur"),
}


def said(key: str, lang: Lang, **values: object) -> str:
    """A phrase in a language, with its values filled in; whole numbers as the language writes them."""
    told = {
        name: number(value, lang) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return filled(WORDS[key][lang == "nl"], told, lang)
