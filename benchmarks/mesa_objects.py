"""The same region as an ordinary Mesa model: one object per agent, Mesa's own random numbers.

Written as Mesa's examples are, to be measured against collabsim (``against_mesa.py``): objects
for organisations, people, ties, cases and needs, dictionaries between them, ``AgentSet.do`` for
what all do, ``model.random`` and ``model.rng`` for chance. It shares collabsim's mechanisms,
equations and parameters, and starts from the region that collabsim builds: the same
organisations, interests, contracts. Left out: second contacts, self-selection, lots, staggered
or random rotation, what parties hear of each other's waiting, the event record.

Run as a script it prints one run.
"""

import argparse
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa_agents import Municipality, Organisation, Provider, new_bonds
from mesa_cases import DAYS_A_MONTH, Case, NeedState
from mesa_table import table_meets, take_seats, word_travels_home
from mesa_ties import BOARD, MANAGEMENT, PRACTICE, Person, Tie

from collabsim.parameters import Scenario
from collabsim.settings import monthly_chance

if TYPE_CHECKING:
    from collabsim.world import World

MOST_ROUNDS = 6


class Region(mesa.Model):
    """A region of municipalities and providers; a step is a month.

    Args:
        scenario: parameters; the delegation must be "selected" or "nobody".
        world: the region at the very start, as collabsim builds it.
        seed: seed of Mesa's random numbers.

    Raises:
        ValueError: the scenario needs something that is left out here.

    """

    def __init__(self, scenario: Scenario, world: "World", seed: int) -> None:
        super().__init__(rng=seed)
        check_is_covered(scenario)
        # Mesa has a ``scenario`` of its own.
        self.scenario_read = scenario
        self.people = scenario.people
        self.commissioning = scenario.commissioning
        self.attention = scenario.attention
        self.choice = scenario.choice
        self.cooperation = scenario.cooperation
        self.promised = scenario.promises
        self.casework = scenario.casework
        self.learning = scenario.learning
        self.word = scenario.word
        self.table = scenario.table
        self.month = -scenario.history_months
        turnover = scenario.people.turnover_per_year
        self.leaving = {
            kind: [monthly_chance(getattr(getattr(turnover, kind), name)) for name in NAMES]
            for kind in ("municipality", "provider")
        }
        self.counts: defaultdict[str, float] = defaultdict(float)
        self.cases: list[Case] = []
        self.agreed: int | None = None
        self.present: list[Organisation] = []
        build_region(self, world)
        self.municipalities = self.agents_by_type[Municipality]
        self.providers = self.agents_by_type[Provider]
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "competence_trust": lambda m: m.mean_of_ties(lambda tie: tie.competence),
                "integrity_trust": lambda m: m.mean_of_ties(lambda tie: tie.integrity),
                "acquaintance": lambda m: m.mean_of_ties(
                    lambda tie: tie.bonds[PRACTICE].acquaintance
                ),
            }
        )

    def step(self) -> None:
        """Let one month pass."""
        self.people_leave_and_arrive()
        self.contracts_are_renewed()
        self.agents.do("start_month")
        take_seats(self)
        table_meets(self)
        word_travels_home(self)
        self.providers.do("pledge_travels_inside")
        self.agents.do("commitments_travel")
        self.municipalities.do("residents_arrive")
        self.help_is_asked()
        self.parties_consult()
        self.people_meet()
        self.providers.do("gives_care")
        self.cases_close()
        self.agents.do("learns")
        self.agents.do("news_goes_stale")
        if self.month >= 0:
            self.datacollector.collect(self)
        self.agents.do("forgets_the_month")
        self.month += 1

    def passes_history(self) -> None:
        """Let the months before month 0 pass, and forget what was counted in them."""
        while self.month < 0:
            self.step()
        self.counts.clear()

    # -- what several parties do together ---------------------------------------------------

    def encounter(self, one: Organisation, other: Organisation, layer: int, hours: float) -> None:
        """Two parties spend ``hours`` together."""
        for tie in (one.ties[other], other.ties[one]):
            tie.together[layer] += hours
            tie.contacts += 1
            if layer not in one.newcomers and layer not in other.newcomers:
                tie.bonds[layer].contacts += 1.0
            tie.touched = True
        self.counts["encounters"] += 1

    def weight_of_need(self, case: Case, day: float) -> float:
        """How much the resident's need counts."""
        waited = min(1.0, case.waited(day, self.casework.fails_after_months))
        return self.cooperation.need_weight * (case.urgency + waited)

    def people_leave_and_arrive(self) -> None:
        """Leavers take their ties along; some of them take a post that fell vacant elsewhere."""
        vacancies: list[tuple[Organisation, Person]] = []
        movers: list[tuple[Organisation, Person]] = []
        for organisation in self.agents:
            for person, chose in organisation.leavers():
                vacancies.append((organisation, person))
                if chose and self.random.random() < self.people.stays_in_sector:
                    movers.append((organisation, person))
        brought = self.movers_find_posts(vacancies, movers)
        for organisation, person in vacancies:
            organisation.is_left_by(person)
            person.since = self.month
        for organisation, person, known in brought:
            self.mover_is_known(organisation, person, known)

    def movers_find_posts(
        self,
        vacancies: list[tuple[Organisation, Person]],
        movers: list[tuple[Organisation, Person]],
    ) -> list[tuple[Organisation, Person, "Known"]]:
        """Give each mover a vacancy in the same layer elsewhere, with what both sides know."""
        free = list(vacancies)
        found = []
        self.random.shuffle(movers)
        for home, mover in movers:
            posts = [
                (house, post)
                for house, post in free
                if house is not home and post.turnover_layer == mover.turnover_layer
            ]
            if not posts:
                continue
            house, post = self.random.choice(posts)
            free.remove((house, post))
            known: Known = {}
            for layer in mover.layers:
                for tie in home.ties.values():
                    back = tie.other.ties[home].bonds[layer]
                    bond = tie.bonds[layer]
                    known[tie.other, layer] = (
                        (bond.acquaintance, bond.competence, bond.integrity, bond.contacts),
                        (back.acquaintance, back.competence, back.integrity, back.contacts),
                    )
            found.append((house, post, known))
        return found

    def mover_is_known(self, house: Organisation, post: Person, known: "Known") -> None:
        """A mover is known at the new post as far as acquaintance travels along."""
        for (other, layer), levels in known.items():
            tie = house.ties.get(other)
            if tie is None or layer not in post.layers or layer in other.newcomers:
                continue
            for bond, level in zip(
                (tie.bonds[layer], other.ties[house].bonds[layer]), levels, strict=True
            ):
                acquaintance = self.people.mover_keeps * level[0]
                if acquaintance > bond.acquaintance:
                    bond.acquaintance = acquaintance
                    bond.competence, bond.integrity = level[1], level[2]
                    bond.contacts = self.people.mover_keeps * level[3]

    def contracts_are_renewed(self) -> None:
        """Once a year."""
        if (self.month - (self.commissioning.renewal_month - 1)) % 12 == 0:
            self.municipalities.do("renews_contracts")
            self.providers.do("counts_contracts")
            self.agents.do("counts_dependence")

    def help_is_asked(self) -> None:
        """Rounds of asking: in each round all choose whom to ask, then the asked answer."""
        for need in self.needs_in(NeedState.OPEN):
            if not need.tried and need.asker.can(need.field):
                need.asker.takes_on(need)
        for _ in range(MOST_ROUNDS):
            asks = self.everybody_asks()
            if not asks:
                return
            self.random.shuffle(asks)
            asks.sort(key=lambda ask: -ask[1].case.urgency)
            for helper, need in asks:
                need.asker.asks(helper, need)

    def everybody_asks(self) -> list[tuple[Provider, Any]]:
        """Whom each party that looks for help turns to in this round."""
        asks: list[tuple[Provider, Any]] = []
        end = (self.month + 1) * DAYS_A_MONTH
        for need in self.needs_in(NeedState.OPEN):
            if need.clock >= end:
                continue
            need.clock = max(need.clock, self.month * DAYS_A_MONTH)
            if not need.asker.has_time(PRACTICE, self.attention.ask_hours):
                need.clock = end
                continue
            helper = need.asker.chooses_helper(need)
            if helper is None:
                need.tried.clear()
                need.clock = end
            else:
                asks.append((helper, need))
        return asks

    def needs_in(self, state: NeedState) -> list[Any]:
        """All needs of open cases in ``state``."""
        return [need for case in self.cases for need in case.needs if need.state is state]

    def parties_consult(self) -> None:
        """Parties of a case sit together when their circle has changed, most urgent first."""
        wanted = [case for case in self.cases if len(case.parties) > 1 and case.to_consult]
        for case in sorted(wanted, key=lambda case: -case.urgency):
            self.consult(case)

    def consult(self, case: Case) -> None:
        """Who is there, who puts in full effort, and what that brings to light."""
        hours = self.attention.joint_case_hours
        present = [party for party in case.parties if party.has_time(PRACTICE, hours)]
        if len(present) <= 1:
            return
        case.to_consult = len(present) < len(case.parties)
        day = self.month * DAYS_A_MONTH
        full = {}
        for party in present:
            gains = [
                party.gain_in_case(other, case, day)
                for other in present
                if other is not party and other in party.ties
            ]
            full[party] = party.decides(sum(gains) / len(gains)) if gains else False
        for party in present:
            party.spend(PRACTICE, hours * party.effort(full[party]))
        for number, one in enumerate(present):
            for other in present[number + 1 :]:
                if other in one.ties:
                    self.two_consult(case, one, other, full, 2.0 * hours / len(present))
        for party in present:
            if full[party]:
                party.looks_at(case, (self.month + 1) * DAYS_A_MONTH)

    def two_consult(
        self,
        case: Case,
        one: Organisation,
        other: Organisation,
        full: dict[Organisation, bool],
        hours: float,
    ) -> None:
        """What passes between two parties of a case in at most ``hours``, less if one holds back."""
        hours *= one.effort(full[one] and full[other])
        self.encounter(one, other, PRACTICE, hours)
        one.ties[other].experiences(PRACTICE, hours, full[other])
        other.ties[one].experiences(PRACTICE, hours, full[one])
        if full[one] and full[other]:
            case.coordinated.add(frozenset((one, other)))
        if full[other]:
            other.tells(one)
        if full[one]:
            one.tells(other)

    def people_meet(self) -> None:
        """One-to-one meetings: managers, then board members."""
        for layer in (MANAGEMENT, BOARD):
            meetings = [(host, guest) for host in self.agents for guest in host.invites(layer)]
            self.random.shuffle(meetings)
            for host, guest in meetings:
                host.meets_one_to_one(guest, layer)

    def cases_close(self) -> None:
        """Residents are helped, or nobody helped in time."""
        end = (self.month + 1) * DAYS_A_MONTH
        still_open = []
        for case in self.cases:
            if case.is_done():
                self.case_is_helped(case)
            elif end - case.arrived >= self.casework.fails_after_months * DAYS_A_MONTH:
                self.case_fails(case)
            else:
                still_open.append(case)
        self.cases = still_open

    def case_is_helped(self, case: Case) -> None:
        """The parties think that they are done; a need may have stayed unseen."""
        met = [need.met_on for need in case.needs if need.state is NeedState.MET]
        unseen = any(need.state is NeedState.UNSEEN for need in case.needs)
        self.counts["helped"] += 1
        self.counts["with_error"] += unseen or case.contradicts
        self.counts["days_to_help"] += max([case.arrived, *met]) - case.arrived

    def case_fails(self, case: Case) -> None:
        """Nobody helped in time."""
        for need in case.needs:
            if need.state is NeedState.PROMISED and need.provider is not None:
                need.provider.drops(need)
        self.counts["failed"] += 1

    # -- measures -------------------------------------------------------------------------

    def mean_of_ties(self, read: Any) -> float:  # noqa: ANN401 - any function of a tie
        """Mean over all ties."""
        return float(np.mean([read(tie) for one in self.agents for tie in one.ties.values()]))

    def outcomes(self) -> dict[str, float]:
        """Outcomes so far, named as in collabsim where they are the same."""
        c = self.counts
        closed = c["helped"] + c["failed"]
        ended = c["kept"] + c["announced"] + c["broken"] + c["lapsed"]
        levels = self.datacollector.get_model_vars_dataframe().iloc[-1]
        return {
            "encounters": c["encounters"],
            "arrived": c["arrived"],
            "residents_helped_share": c["helped"] / closed,
            "days_to_help": c["days_to_help"] / c["helped"],
            "errors_per_100_cases": 100.0 * c["with_error"] / c["helped"],
            "asks": c["asks"],
            "accepted_share": c["accepted"] / c["asks"],
            "days_to_yes": c["days_to_yes"] / c["accepted"],
            "cooperation_rate": c["cooperated"] / c["decisions"],
            "promises_kept_share": c["kept"] / ended,
            "promises_broken_share": c["broken"] / ended,
            "competence_trust": float(levels["competence_trust"]),
            "integrity_trust": float(levels["integrity_trust"]),
            "acquaintance": float(levels["acquaintance"]),
            "collaboration_hours": c["hours"] / self.month,
            "joint_steps": c["joint_steps"],
            "pledges": c["pledges"],
            "heard_at_home": c["heard_at_home"],
            "in_favour": c["in_favour"],
        }


#: What a mover and another party know of each other, by that party and layer.
type Levels = tuple[float, float, float, float]
type Known = dict[tuple[Organisation, int], tuple[Levels, Levels]]

NAMES = ("practice", "management", "board")


#: Mechanisms that are not here; what else came later does nothing at its defaults.
LEFT_OUT = ("third_parties", "energy", "exposure")


def check_is_covered(scenario: Scenario) -> None:
    """Refuse what is left out here."""
    rotation = scenario.table.rotation
    refused = {
        "delegation": scenario.table.delegation not in {"selected", "nobody"},
        "second contacts": scenario.people.second_contacts,
        "rotation": rotation.staggered or rotation.order != "round_robin",
        "a timeline": bool(scenario.timeline),
        "casework without contacts": not scenario.casework.contacts,
        "mechanism that is on": any(getattr(scenario, group).enabled for group in LEFT_OUT),
        "mechanism that is off": not all(
            getattr(group, "enabled", True) for name, group in scenario if name not in LEFT_OUT
        ),
        "grievance": scenario.learning.grievance_per_hour + scenario.learning.grievance_per_broken
        > 0,
        "travelling": scenario.attention.travel_hours > 0.0,
    }
    for what, is_refused in refused.items():
        if is_refused:
            raise ValueError(f"this {what} is not in the Mesa objects; take a scenario without")


def build_region(model: Region, world: "World") -> None:
    """Make agents and ties of the rows of a region at its very start."""
    o, ties = world.organisations, world.ties
    everybody: list[Organisation] = []
    for row in range(len(o.kind)):
        shared: dict[str, Any] = {
            "scale": float(o.scale[row]),
            "interests": tuple(map(float, o.interests[row])),
            "image": float(world.frames.own_image[row, 0]),
            "delay_days": float(o.delay_days[row]),
            "hours": tuple(map(float, o.hours[row])),
            "one_person": bool(o.one_person[row]),
        }
        if o.kind[row] == 0:
            inhabitants = float(o.inhabitants[row])
            everybody.append(Municipality(model, f"{row}", inhabitants=inhabitants, **shared))
        else:
            fields = frozenset(map(int, np.flatnonzero(o.can[row])))
            share = float(o.region_share[row])
            everybody.append(
                Provider(
                    model,
                    f"{row}",
                    domain=int(o.domain[row]),
                    fields=fields,
                    region_share=share,
                    **shared,
                )
            )
    start = model.learning.start_competence, model.learning.start_integrity
    for row, one in enumerate(everybody):
        for slot in np.flatnonzero(ties.other[row] >= 0):
            other = everybody[ties.other[row, slot]]
            divergence = float(ties.divergence[row, slot])
            contract = float(ties.contract[row, slot])
            one.ties[other] = Tie(one, other, divergence, contract, *start, new_bonds(*start))


def main() -> None:
    """Print one run."""
    from collabsim import load_scenario
    from collabsim.founding import first_world
    from collabsim.randomness import Luck

    parser = argparse.ArgumentParser(description="One run of the region as Mesa objects.")
    parser.add_argument("--scenario", default="configs/scenarios/region-004-fixed.yaml")
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--quick", action="store_true", help="12 months, no more")
    arguments = parser.parse_args()
    scenario = load_scenario(arguments.scenario)
    region = Region(scenario, first_world(scenario, Luck(scenario.seed, 0))[1], seed=1)
    region.passes_history()
    for _ in range(12 if arguments.quick else arguments.months):
        region.step()
    for name, value in region.outcomes().items():
        print(f"{name:24} {value:12.3f}")


if __name__ == "__main__":
    main()
