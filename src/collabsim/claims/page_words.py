"""The texts of the page of claims, in English and Dutch."""

from collections.abc import Mapping

from collabsim.analysis.wording import Lang

INTRODUCTION: Mapping[Lang, str] = {
    "en": """# Claims: what others expect, and what the model does

{made}

*Nederlands: [claims.nl.md](claims.nl.md).* Each row of the articles and each fact of research that the
model can speak to is one comparison of two arrangements with the same luck. Outcome, direction, smallest
difference that matters and what should make the effect vanish were written down before anything was run
at full size ([articles](../experiments/claims/articles.yaml),
[research](../experiments/claims/research.yaml)); no outcome is set by the lever itself. The articles tell
of practice and measure nothing. So what is supported here is no evidence for it: it follows *in this
model, under these assumptions*. What is contradicted is a finding, about the model, about the
expectation, or about both.

Of {count} claims {verdicts}.

**How to read it.** *Effect* is the mean difference at the defaults with its 95% interval, and both means;
*against luck* is the difference as a multiple of what luck makes between regions. *Kept worlds* are draws
of all that is uncertain that meet published patterns: counted are those in which the effect goes the way
that is expected, with the interval of that share, which is one of the assumptions examined and no
probability; a world in which nothing differs counts against (joint steps are rare, so often). *Switched
off* is what was neutral on both sides. The *verdict* asks for a difference that matters beyond doubt,
corrected for {count} claims (Benjamini and Yekutieli, at most one in twenty told by luck), and for most
kept worlds to say the same. *Fitted* is a fact that the calibration used as a pattern, and no support. See
[reading a verdict](reading-a-verdict.md).

To make it again, about {minutes} minutes of one core for {runs:,} runs: `collabsim claims --publish`.
Run: {sizes}. Model {model}.
""",
    "nl": """# Verwachtingen: wat anderen verwachten, en wat het model doet

{made}

*English: [claims.md](claims.md).* Elke rij uit de artikelen en elk feit uit onderzoek waarover het model
iets kan zeggen, is één vergelijking van twee manieren van organiseren met hetzelfde toeval. Uitkomst,
richting, kleinste verschil dat ertoe doet en wat het effect moet laten verdwijnen zijn vastgelegd voordat
er op volle omvang iets werd gedraaid ([artikelen](../experiments/claims/articles.yaml),
[onderzoek](../experiments/claims/research.yaml)); geen uitkomst wordt door de knop zelf gezet. De artikelen
vertellen over de praktijk en meten niets. Wat hier gesteund wordt, is dus geen bewijs: het volgt *in dit
model, onder deze aannamen*. Wat tegengesproken wordt is een bevinding, over het model, over de
verwachting, of over beide.

Van {count} verwachtingen zijn er {verdicts}.

**Hoe te lezen.** *Effect* is het gemiddelde verschil bij de standaardwaarden met het 95%-interval, en
beide gemiddelden; *tegenover toeval* is het verschil als veelvoud van wat toeval tussen regio's maakt.
*Behouden werelden* zijn trekkingen van alles wat onzeker is die aan gepubliceerde patronen voldoen: geteld
zijn die waarin het effect de verwachte kant op gaat, met het interval van dat aandeel; het is een aandeel
van de onderzochte aannamen en geen kans. Een wereld waarin niets verschilt telt niet mee als verwacht
(gezamenlijke stappen zijn zeldzaam, dus vaak). *Uitgezet* is wat aan beide kanten neutraal was. Het
*oordeel* vraagt om een verschil dat ertoe doet, zonder twijfel, gecorrigeerd voor {count} verwachtingen
(Benjamini en Yekutieli, naar verwachting hooguit één op de twintig door toeval), en om de meeste behouden
werelden die hetzelfde zeggen. *Erop afgesteld* is een feit dat bij de kalibratie als patroon is gebruikt,
en geen steun. Zie [een oordeel lezen](reading-a-verdict.md).

Opnieuw maken, ongeveer {minutes} minuten van één kern voor {runs:,} simulaties: `collabsim claims
--publish`. Gedraaid: {sizes}. Model {model}.
""",
}
TITLES: Mapping[str, tuple[str, str]] = {
    "articles": ("What the articles lead one to expect", "Wat de artikelen doen verwachten"),
    "research": ("What research found", "Wat onderzoek vond"),
    "contested": ("Where contested effects hold", "Waar omstreden effecten gelden"),
    "against": ("What goes the other way, and why", "Wat andersom gaat, en waarom"),
    "compared": ("What was compared", "Wat er is vergeleken"),
    "systems": ("What carries each row of the articles", "Wat elke rij van de artikelen draagt"),
    "changed": ("What changed since a first look", "Wat veranderde sinds een eerste blik"),
}
AGAINST_TEXT: Mapping[Lang, str] = {
    "en": (
        "Claims that are contradicted, and those that would be if the effect at the defaults is what it "
        "seems. Figures are means a year from the record of events of both sides, over a few runs with the "
        "same luck."
    ),
    "nl": (
        "Verwachtingen die worden tegengesproken, en die dat zouden worden als het effect bij de "
        "standaardwaarden is wat het lijkt. Cijfers zijn gemiddelden per jaar uit het verslag van "
        "gebeurtenissen van beide kanten, over een paar simulaties met hetzelfde toeval."
    ),
}
CONTESTED_TEXT: Mapping[Lang, str] = {
    "en": (
        "Sources disagree on these, and their ranges include no effect. Counted over kept and plausible "
        "worlds together; conditions are named only where they foretell worlds that were not used to find "
        "them better than for sides dealt out by lot."
    ),
    "nl": (
        "Over deze zijn bronnen het oneens, en geen effect valt binnen hun bereik. Geteld over behouden en "
        "aannemelijke werelden samen; voorwaarden staan er alleen als zij werelden die niet gebruikt zijn om "
        "ze te vinden beter voorspellen dan bij verlote kanten."
    ),
}
HEADS: Mapping[str, tuple[str, ...]] = {
    "systems": (
        "Row|System|Mechanisms|Parameters|Configs|Articles",
        "Rij|Systeem|Mechanismen|Parameters|Configs|Artikelen",
    ),
    "compared": ("Claim|Comparison|Sources", "Verwachting|Vergelijking|Bronnen"),
    "contested": ("Claim|Where it holds", "Verwachting|Waar het geldt"),
    "changed": ("Claim|What changed, and why", "Verwachting|Wat veranderde, en waarom"),
}
#: Runs that one core makes in a minute, measured on the machine of the project when it is idle.
RUNS_A_MINUTE = 600
