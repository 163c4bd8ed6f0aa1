"""What an organisation did and met with in a month, and why, in words: from the event record."""

from collections import Counter
from collections.abc import Sequence

from collabsim.analysis.wording import Lang, number
from collabsim.app.stepping import Happening
from collabsim.events import Event, Reason

#: Names of others that are written out before it says how many more.
_NAMED = 4

# Per event, reason and whether it did it itself: the sentence in English and Dutch. {others} are
# the other organisations, {count} how often, {value} the sum of the numbers that go with it.
# The order is that of the month. Events that only measure a level are not told here.
TELLS: dict[tuple[Event, int, bool], tuple[str, str]] = {
    (Event.LEFT, Reason.TURNOVER, True): (
        "Left their post: {count}, as people do.", "Vertrok van de eigen plek: {count}, zoals mensen doen."),
    (Event.LEFT, Reason.ELECTION, True): (
        "Left after the elections: {count}.", "Vertrok na de verkiezingen: {count}."),
    (Event.ARRIVED_AT_POST, Reason.FROM_OUTSIDE, True): (
        "Arrived from outside: {count}.", "Kwam van buiten: {count}."),
    (Event.ARRIVED_AT_POST, Reason.FROM_SECTOR, True): (
        "Arrived from another organisation here, and took acquaintance along: {count}.",
        "Kwam van een andere organisatie hier, en nam bekenden mee: {count}."),
    (Event.SEATED, Reason.TOOK_SEAT, True): ("Took a seat at the table.", "Nam een zetel aan tafel in."),
    (Event.SEATED, Reason.LEFT_SEAT, True): ("Left its seat at the table.", "Stond de zetel aan tafel af."),
    (Event.SAT_AT_TABLE, Reason.TABLE, True): ("Was at the table.", "Zat aan tafel."),
    (Event.SAT_AT_TABLE, Reason.ABSENT, True): (
        "Had a seat and did not come, for want of time.", "Had een zetel en kwam niet, bij gebrek aan tijd."),
    (Event.PLEDGED, Reason.NONE, True): (
        "Pledged {value} hours at the table.", "Zegde aan tafel {value} uur toe."),
    (Event.PLEDGE_ENDED, Reason.KEPT, True): (
        "What it had pledged was called on and honoured.",
        "Op de toezegging is een beroep gedaan, en die is nagekomen."),
    (Event.PLEDGE_ENDED, Reason.BROKEN, True): (
        "Refused {count}× what it had pledged at the table, to {others}.",
        "Weigerde {count}× wat het aan tafel had toegezegd, aan {others}."),
    (Event.PLEDGE_ENDED, Reason.BROKEN, False): (
        "Was refused {count}× what had been pledged at the table, by {others}.",
        "Kreeg {count}× niet wat aan tafel was toegezegd, van {others}."),
    (Event.PLEDGE_ENDED, Reason.LAPSED, True): (
        "What it had pledged was never called on.", "Op de toezegging is nooit een beroep gedaan."),
    (Event.REPORTED, Reason.BOUND_TO_REPORT, True): (
        "Told those at home of the table, because it is bound to.",
        "Koppelde terug aan wie thuisbleef, omdat dat moet."),
    (Event.REPORTED, Reason.CHOSE_TO_REPORT, True): (
        "Told those at home of the table, by its own choice.",
        "Koppelde terug aan wie thuisbleef, uit eigen beweging."),
    (Event.REPORTED, Reason.KEPT_TO_ITSELF, True): (
        "Kept to itself what was said at the table.", "Hield voor zichzelf wat aan tafel is gezegd."),
    (Event.REPORTED, Reason.ABSENT, True): (
        "Had nothing to tell those at home, as it was not there.",
        "Had niets terug te koppelen, want het was er niet bij."),
    (Event.SUPPORTED, Reason.IN_FAVOUR, True): (
        "Heard of the table from {others}, and is in favour.", "Hoorde van {others} over de tafel, en is voor."),
    (Event.SUPPORTED, Reason.AGAINST, True): (
        "Heard of the table from {others}, and is against.", "Hoorde van {others} over de tafel, en is tegen."),
    (Event.SUPPORTED, Reason.NOT_REACHED, True): (
        "Heard nothing of the table from {others}.", "Hoorde van {others} niets over de tafel."),
    (Event.CASE, Reason.NONE, True): (
        "Residents who came with a question: {count}.", "Inwoners die zich meldden: {count}."),
    (Event.NEED_SEEN, Reason.NONE, True): (
        "Saw needs of residents: {count}.", "Zag hulpvragen van inwoners: {count}."),
    (Event.ASKED, Reason.ACCEPTED, True): (
        "Asked for help and got a yes {count}×, from {others}.",
        "Vroeg om hulp en kreeg {count}× ja, van {others}."),
    (Event.ASKED, Reason.DECLINED, True): (
        "Asked for help and got a no {count}×, from {others}.",
        "Vroeg om hulp en kreeg {count}× nee, van {others}."),
    (Event.ASKED, Reason.NO_TIME, True): (
        "Could not ask, or got no answer, {count}×, for want of time.",
        "Kon {count}× niet vragen, of kreeg geen antwoord, bij gebrek aan tijd."),
    (Event.ASKED, Reason.NOBODY_TO_ASK, True): (
        "Knew nobody to ask {count}×.", "Wist {count}× niemand om te vragen."),
    (Event.ASKED, Reason.ALONE, True): (
        "Took needs on itself without asking anybody: {count}.",
        "Nam hulpvragen zelf op zich zonder iemand te vragen: {count}."),
    (Event.ASKED, Reason.TAKEN_UP, True): (
        "Took up needs that nobody owned, as the ground rule asks: {count}.",
        "Pakte hulpvragen op die van niemand waren, zoals de spelregel vraagt: {count}."),
    (Event.ASKED, Reason.ACCEPTED, False): (
        "Said yes {count}×, to {others}.", "Zei {count}× ja, tegen {others}."),
    (Event.ASKED, Reason.DECLINED, False): (
        "Said no {count}×, to {others}.", "Zei {count}× nee, tegen {others}."),
    (Event.ASKED, Reason.NO_TIME, False): (
        "Had no time to answer an ask {count}×, of {others}.",
        "Had {count}× geen tijd om een vraag te beantwoorden, van {others}."),
    (Event.NAMED, Reason.NONE, True): (
        "Could not help, and named {others} instead.", "Kon niet helpen, en noemde {others}."),
    (Event.DECIDED, Reason.COOPERATED, True): (
        "Decided to cooperate {count}×, with {others}: what it expected of it weighed more than the effort.",
        "Koos {count}× om samen te werken, met {others}: de verwachte opbrengst woog zwaarder dan de moeite."),
    (Event.DECIDED, Reason.HELD_BACK, True): (
        "Held back {count}×, towards {others}: the effort weighed more than what it expected of it.",
        "Hield zich {count}× in, tegenover {others}: de moeite woog zwaarder dan de verwachte opbrengst."),
    (Event.DECIDED, Reason.HELD_BACK, False): (
        "Others held back {count}×: {others}.", "Anderen hielden zich {count}× in: {others}."),
    (Event.CONSULTED, Reason.NONE, True): (
        "Sat together with the parties of a case {count}×.", "Zat {count}× met de partijen van een casus om de tafel."),
    (Event.PROMISED, Reason.NONE, True): (
        "Promised care {count}×, to {others}.", "Beloofde {count}× hulp, aan {others}."),
    (Event.PROMISE_ENDED, Reason.KEPT, True): (
        "Kept promises {count}×, to {others}.", "Kwam beloften na, {count}×, aan {others}."),
    (Event.PROMISE_ENDED, Reason.ANNOUNCED, True): (
        "Told {count}× in time that a promise would be late, to {others}.",
        "Meldde {count}× op tijd dat een belofte later wordt, aan {others}."),
    (Event.PROMISE_ENDED, Reason.BROKEN, True): (
        "Broke promises without a word {count}×, to {others}: there was no room.",
        "Brak {count}× een belofte zonder bericht, aan {others}: er was geen ruimte."),
    (Event.PROMISE_ENDED, Reason.LAPSED, True): (
        "Promises that lapsed because the case failed: {count}.", "Beloften die vervielen omdat de casus mislukte: {count}."),
    (Event.PROMISE_ENDED, Reason.KEPT, False): (
        "Others kept promises {count}×: {others}.", "Anderen kwamen beloften na, {count}×: {others}."),
    (Event.PROMISE_ENDED, Reason.BROKEN, False): (
        "Others broke promises without a word {count}×: {others}.",
        "Anderen braken {count}× een belofte zonder bericht: {others}."),
    (Event.CONTRADICTED, Reason.NONE, True): (
        "Plans contradicted those of {others}.", "Plannen spraken die van {others} tegen."),
    (Event.CASE_CLOSED, Reason.HELPED, True): (
        "Residents helped: {count}.", "Inwoners geholpen: {count}."),
    (Event.CASE_CLOSED, Reason.HELPED_WITH_UNSEEN_NEED, True): (
        "Residents helped, while something stayed unseen: {count}.",
        "Inwoners geholpen terwijl er iets ongezien bleef: {count}."),
    (Event.CASE_CLOSED, Reason.FAILED, True): (
        "Residents whom nobody helped in time: {count}.", "Inwoners die niemand op tijd hielp: {count}."),
    (Event.INCIDENT, Reason.COOPERATED, True): (
        "Accounted for an incident openly.", "Verantwoordde zich open over een incident."),
    (Event.INCIDENT, Reason.HELD_BACK, True): (
        "Accounted for an incident, and kept its cards to its chest.",
        "Verantwoordde zich over een incident, en hield de kaarten voor de borst."),
    (Event.REPROACH, Reason.NONE, True): (
        "Reproached {others} with what had not been said before.",
        "Verweet {others} wat eerder niet was gezegd."),
    (Event.REPROACH, Reason.NONE, False): (
        "Was reproached by {others}.", "Kreeg een verwijt van {others}."),
    (Event.CONNECTOR, Reason.NONE, True): (
        "Was asked to connect others.", "Werd gevraagd om anderen te verbinden."),
}  # fmt: skip


def told(happenings: Sequence[Happening], lang: Lang) -> list[str]:
    """Say what an organisation did and met with in a month: one sentence for each kind of thing."""
    groups: dict[tuple[Event, int, bool], list[Happening]] = {}
    for happening in happenings:
        groups.setdefault((happening.event, happening.reason, happening.own), []).append(happening)
    sentences = []
    for key, words in TELLS.items():
        if group := groups.get(key):
            others = Counter(happening.other for happening in group if happening.other)
            sentences.append(
                words[lang == "nl"].format(
                    count=len(group),
                    others=listed([name for name, _ in others.most_common()], lang),
                    value=number(sum(happening.value for happening in group), lang, 1),
                )
            )
    return sentences


def listed(names: Sequence[str], lang: Lang) -> str:
    """Write names out, and how many more there are: "one, two and 3 more"."""
    dutch = lang == "nl"
    if not names:  # one decision towards all who sit together over a case
        return "wie erbij was" if dutch else "all who were there"
    more = "en nog {count}" if dutch else "and {count} more"
    shown = ", ".join(names[:_NAMED])
    left = len(names) - _NAMED
    return f"{shown} {more.format(count=left)}" if left > 0 else shown
