"""Organisations of the object-per-agent model: Mesa agents that hold people, ties and work."""

import math
from typing import TYPE_CHECKING

import mesa
from mesa_cases import DAYS_A_MONTH, Case, Need, NeedState
from mesa_ties import BOARD, LAYERS, MANAGEMENT, PRACTICE, ROOM_UNKNOWN, Bond, Person, Tie

if TYPE_CHECKING:
    from mesa_objects import Region

#: Distance on average between two images that were drawn blindly.
BLIND = 1.0 / 3.0


class Organisation(mesa.Agent):
    """A municipality or a provider."""

    model: "Region"

    def __init__(
        self,
        model: "Region",
        name: str,
        *,
        scale: float,
        interests: tuple[float, ...],
        image: float,
        delay_days: float,
        hours: tuple[float, ...],
        one_person: bool,
    ) -> None:
        super().__init__(model)
        self.name = name
        self.scale = scale
        self.interests = interests
        self.image = image
        self.delay_days = delay_days
        self.hours = list(hours)
        self.one_person = one_person
        self.left = [0.0, 0.0, 0.0]
        self.owed = [0.0, 0.0, 0.0]
        self.paid = 0.0
        self.queue = 0.0
        self.ties: dict[Organisation, Tie] = {}
        self.people = self.first_people()
        self.newcomers: set[int] = set()
        self.seated = False
        self.seated_since = 0
        self.term_ends: int | None = None
        self.last_sat: int | None = None

    # -- people ---------------------------------------------------------------------------

    def first_people(self) -> list[Person]:
        """One person a layer, or one for all in a small organisation."""
        if self.one_person:
            return [Person(LAYERS, BOARD, self.model.month)]
        return [Person((layer,), layer, self.model.month) for layer in LAYERS]

    def leavers(self) -> list[tuple[Person, bool]]:
        """Who leaves this month, and whether that was a choice of their own."""
        self.newcomers.clear()
        gone = []
        for person in self.people:
            if self.model.random.random() < self.chance_of_leaving(person.turnover_layer):
                gone.append((person, True))
            elif self.is_voted_out(person):
                gone.append((person, False))
        return gone

    def chance_of_leaving(self, layer: int) -> float:
        """Chance that a person of ``layer`` leaves within a month."""
        raise NotImplementedError

    def is_voted_out(self, person: Person) -> bool:  # noqa: ARG002 - municipalities use it
        """Whether elections bring somebody else."""
        return False

    def is_left_by(self, person: Person) -> None:
        """``person`` leaves; ties lose what lived in the person."""
        handover = self.model.people.handover
        for layer in person.layers:
            self.newcomers.add(layer)
            for tie in self.ties.values():
                tie.commitment[layer] *= handover
                tie.person_changes(layer, handover)
                tie.other.ties[self].person_changes(layer, handover)

    def onboards(self) -> None:
        """Newcomers cost hours, as far as there are any."""
        for person in self.people:
            if person.since == self.model.month:
                layer = person.turnover_layer
                hours = self.model.attention.onboarding_hours
                self.spend(layer, min(hours, self.hours_left(layer)))

    # -- hours ----------------------------------------------------------------------------

    def pool(self, layer: int) -> int:
        """The layer whose budget ``layer`` draws on."""
        return PRACTICE if self.one_person else layer

    def start_month(self) -> None:
        """Every layer gets its hours, and newcomers take theirs."""
        self.left = [0.0, 0.0, 0.0]
        for layer in LAYERS:
            self.left[self.pool(layer)] += self.hours_next_month(layer, alone=True)
        self.owed = [0.0, 0.0, 0.0]
        self.paid = self.hours[PRACTICE]
        self.onboards()

    def hours_next_month(self, layer: int, *, alone: bool = False) -> float:
        """Hours of next month that are not spent yet: of a layer ``alone``, or of its budget."""
        layers = [layer] if alone else [at for at in LAYERS if self.pool(at) == self.pool(layer)]
        return sum(self.hours[at] - self.owed[at] for at in layers)

    def hours_left(self, layer: int) -> float:
        """Hours left this month; of practice no more than is bought of it."""
        left = self.left[self.pool(layer)]
        return max(0.0, min(left, self.paid) if layer == PRACTICE else left)

    def has_time(self, layer: int, hours: float) -> bool:
        """Whether a layer has ``hours`` left this month."""
        return self.hours_left(layer) >= hours

    def spend(self, layer: int, hours: float) -> None:
        """Spend hours of a layer on collaboration."""
        self.takes(layer, hours)
        self.model.counts["hours"] += hours

    def takes(self, layer: int, hours: float) -> None:
        """Take hours of a layer."""
        self.left[self.pool(layer)] -= hours
        if layer == PRACTICE:
            self.paid -= hours

    def commitments_travel(self) -> None:
        """What was agreed in a layer reaches the next, and is forgotten where it is not said again."""
        p, word = self.model.promised, self.model.word
        passed = 1.0 if self.one_person else word.inside_per_month
        for tie in self.ties.values():
            known = tie.commitment
            for layer in (PRACTICE, MANAGEMENT):
                known[layer] += passed * max(0.0, known[layer + 1] - known[layer])
            tie.commitment = [(1.0 - p.commitment_fades_per_month) * level for level in known]

    def commits_to(self, other: "Organisation", layer: int, hours: float) -> None:
        """Commit a layer to the other, with which it talked openly for ``hours``."""
        stays = math.exp(-self.model.promised.commits_per_hour * hours)
        known = self.ties[other].commitment
        for at in LAYERS if self.one_person else (layer,):
            known[at] = 1.0 - (1.0 - known[at]) * stays

    def bound_to(self, other: "Organisation") -> float:
        """What a commitment adds, in practice, to acting on it."""
        binding: float = self.model.promised.commitment_binding
        return binding * self.ties[other].commitment[PRACTICE]

    def queue_months(self) -> float:
        """Months of work that it has promised."""
        capacity = self.hours[PRACTICE]
        return self.queue / capacity if capacity > 0.0 else 0.0

    def room(self) -> float:
        """Room for new work."""
        return 1.0 / (1.0 + self.queue_months())

    # -- the decision to cooperate ----------------------------------------------------------

    def chance_of(self, gain: float) -> float:
        """Chance of choosing what gains ``gain`` over the alternative."""
        if gain == -math.inf:
            return 0.0
        return 1.0 / (1.0 + math.exp(-self.model.cooperation.decisiveness * gain))

    def chooses(self, gain: float, draw: float | None = None) -> bool:
        """Whether it chooses what gains ``gain`` over the alternative."""
        return (self.model.random.random() if draw is None else draw) < self.chance_of(gain)

    def decides(self, gain: float, draw: float | None = None) -> bool:
        """A decision to cooperate or hold back, counted."""
        cooperates = self.chooses(gain, draw)
        self.model.counts["decisions"] += 1
        self.model.counts["cooperated"] += cooperates
        return cooperates

    def effort(self, cooperates: bool) -> float:
        """Share of full effort."""
        return 1.0 if cooperates else self.model.cooperation.minimal_effort

    def price_of_effort(self, queue: float) -> float:
        """What full effort costs beyond holding back, per hour."""
        p = self.model.cooperation
        return (1.0 - p.minimal_effort) * (1.0 + p.load_aversion * queue)

    def preparation_share(self) -> float:
        """Share of the time for a meeting that can be saved by coming unprepared."""
        a = self.model.attention
        return a.preparation_hours / (a.table_hours + a.preparation_hours)

    def gain_in_case(self, other: "Organisation", case: Case, day: float) -> float:
        """Gain of full effort in a case with ``other``."""
        gain = self.ties[other].expected_gain(self.model.cooperation, PRACTICE)
        gain += self.bound_to(other)
        price = self.price_of_effort(self.queue_months())
        return gain + self.model.weight_of_need(case, day) - price

    # -- news -----------------------------------------------------------------------------

    def tells(self, other: "Organisation") -> None:
        """Tell ``other`` of its own room; within a month the news comes across or does not."""
        tie = other.ties[self]
        if tie.news_month != self.model.month:
            tie.news_month = self.model.month
            tie.news_comes = self.model.random.random() < self.model.word.reach
        if tie.news_comes:
            tie.room = self.room()

    def retells(self, about: "Organisation", other: "Organisation") -> None:
        """Tell ``other`` what it believes of the room of ``about``."""
        if self.model.random.random() < self.model.word.reach:
            other.ties[about].room = self.ties[about].room

    def news_goes_stale(self) -> None:
        """Believed room drifts back to not knowing."""
        stays = 1.0 - self.model.word.fades_per_month
        for tie in self.ties.values():
            tie.room = ROOM_UNKNOWN + (tie.room - ROOM_UNKNOWN) * stays

    # -- choosing and meeting -----------------------------------------------------------------

    def weight_of(self, tie: Tie, layer: int, value: float) -> float:
        """Weight of a partner: habit of the two persons times expected value."""
        p, met = self.model.choice, int(tie.bonds[layer].contacts)
        return math.exp(p.habit * math.log(1.0 + met) + p.sensitivity * value)

    def invites(self, layer: int) -> "list[Organisation]":
        """Whom it wants to meet one to one this month."""
        a = self.model.attention
        exact = a.networking_share * self.hours[layer] / a.one_to_one_hours
        wanted = min(int(exact + self.model.random.random()), len(self.ties))
        if wanted == 0:
            return []
        others = list(self.ties)
        weights = [
            self.weight_of(tie, layer, tie.value_of_meeting(layer)) for tie in self.ties.values()
        ]
        total = sum(weights)
        chosen = self.model.rng.choice(
            len(others), size=wanted, replace=False, p=[weight / total for weight in weights]
        )
        return [others[number] for number in chosen]

    def meets_one_to_one(self, guest: "Organisation", layer: int) -> None:
        """A meeting, if both have time: both decide, and who is open tells of its room."""
        hours = self.model.attention.one_to_one_hours
        if not (self.has_time(layer, hours) and guest.has_time(layer, hours)):
            return
        host_opens = self.opens_up_to(guest, layer)
        guest_opens = guest.opens_up_to(self, layer)
        self.spend(layer, hours)
        guest.spend(layer, hours)
        self.model.encounter(self, guest, layer, hours)
        self.ties[guest].experiences(layer, hours, guest_opens)
        guest.ties[self].experiences(layer, hours, host_opens)
        if host_opens and guest_opens:
            self.commits_to(guest, layer, hours)
            guest.commits_to(self, layer, hours)
        if host_opens:
            self.tells(guest)
        if guest_opens:
            guest.tells(self)

    def opens_up_to(self, other: "Organisation", layer: int) -> bool:
        """The decision in a one-to-one meeting: to come well prepared and open."""
        price = self.price_of_effort(0.0) * self.preparation_share()
        return self.decides(self.ties[other].expected_gain(self.model.cooperation, layer) - price)

    # -- casework -------------------------------------------------------------------------

    def can(self, field: int) -> bool:  # noqa: ARG002 - providers use it
        """Whether it can help in ``field``."""
        return False

    def looks_at(self, case: Case, day: float) -> None:
        """Bring to light all needs that it sees; what it overlooked once it overlooks again."""
        p = self.model.casework
        for need in case.needs:
            if need.state is NeedState.UNSEEN and self not in need.looked:
                need.looked.add(self)
                chance = p.sees_own_field if self.can(need.field) else p.sees_other_field
                if self.model.random.random() < chance:
                    need.is_seen_by(self, day)

    def chooses_helper(self, need: Need) -> "Provider | None":
        """Whom to ask: those it knows in the field, paid by the municipality, not asked in vain."""
        room_weight = self.model.choice.room_weight
        payer = need.case.municipality
        helpers, weights = [], []
        for other, tie in self.ties.items():
            if not isinstance(other, Provider) or not other.can(need.field):
                continue
            paid = payer.ties.get(other)
            if need.was_tried(other) or paid is None or paid.contract <= 0.0:
                continue
            weight = self.weight_of(tie, PRACTICE, tie.value_of_asking(room_weight))
            if other.domain != need.field:
                weight *= tie.bonds[PRACTICE].acquaintance
            if weight > 0.0:
                helpers.append(other)
                weights.append(weight)
        if not helpers:
            return None
        chosen: Provider = self.model.random.choices(helpers, weights)[0]
        return chosen

    def asks(self, helper: "Provider", need: Need) -> None:
        """One ask and its answer: days pass, hours are spent, both decide."""
        model, case = self.model, need.case
        hours = model.attention.ask_hours
        if not self.has_time(PRACTICE, hours):
            need.clock = (model.month + 1) * DAYS_A_MONTH
            return
        need.clock += model.casework.days_per_ask + helper.delay_days
        self.spend(PRACTICE, hours)
        model.counts["asks"] += 1
        if not helper.has_time(PRACTICE, hours):
            need.tried.append(helper)
            return
        helper.spend(PRACTICE, hours)
        careful = self.decides(self.gain_in_case(helper, case, need.clock))
        gain, draw = helper.gain_of_care(self, need), model.random.random()
        accepts = helper.decides(gain, draw)
        model.encounter(self, helper, PRACTICE, hours)
        helper.ties[self].experiences(PRACTICE, hours * self.effort(careful), careful)
        # Who would have said yes but for the work that waits says so.
        if accepts or not helper.chooses(gain + helper.price_of_care(), draw):
            self.ties[helper].experiences(PRACTICE, hours, accepts)
        helper.answers_for_pledge(self, need, accepts)
        helper.tells(self)
        if not accepts:
            need.tried.append(helper)
            return
        model.counts["accepted"] += 1
        model.counts["days_to_yes"] += need.clock - need.opened
        case.joins(helper)
        if careful:
            case.coordinated.add(frozenset((self, helper)))
        helper.promises(need)

    # -- learning -------------------------------------------------------------------------

    def learns(self) -> None:
        """Acquaintance and trust follow what was done this month."""
        for tie in self.ties.values():
            tie.learns(self.model.learning, (self.newcomers, tie.other.newcomers))

    def forgets_the_month(self) -> None:
        """Empty what this month brought."""
        for tie in self.ties.values():
            tie.forgets_the_month()

    def counts_dependence(self) -> None:
        """How much it depends on each other: by money, otherwise by share of contacts."""
        contacts = sum(tie.contacts for tie in self.ties.values())
        for other, tie in self.ties.items():
            share = self.share_of_money(other)
            if share is None:
                share = tie.contacts / contacts if contacts > 0 else 0.0
            tie.dependence = min(1.0, self.model.commissioning.dependence_weight * share)

    def share_of_money(self, other: "Organisation") -> float | None:
        """Dependence on ``other`` by money; None where none flows."""
        raise NotImplementedError


class Municipality(Organisation):
    """A municipality: buys care, and its access team takes cases."""

    def __init__(self, *args: object, inhabitants: float, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.inhabitants = inhabitants

    def chance_of_leaving(self, layer: int) -> float:
        """Chance that a person of ``layer`` leaves within a month."""
        return self.model.leaving["municipality"][layer]

    def is_voted_out(self, person: Person) -> bool:
        """Whether elections bring another alderman."""
        people = self.model.people
        return (
            person.turnover_layer == BOARD
            and (self.model.month - people.first_election_month) % people.election_every_months == 0
            and self.model.random.random() < people.election_replaces
        )

    def renews_contracts(self) -> None:
        """Divide part of the volume anew, field by field, by volume and trust."""
        p = self.model.commissioning
        by_field: dict[int, list[Tie]] = {}
        for other, tie in self.ties.items():
            if isinstance(other, Provider) and tie.contract > 0.0:
                by_field.setdefault(other.domain, []).append(tie)
        for ties in by_field.values():
            volume = sum(tie.contract for tie in ties)
            weights = [tie.contract * self.weight_of_experience(tie) for tie in ties]
            for tie, weight in zip(ties, weights, strict=True):
                renewed = p.renewed_share_per_year * volume * weight / sum(weights)
                tie.contract = (1.0 - p.renewed_share_per_year) * tie.contract + renewed

    def weight_of_experience(self, tie: Tie) -> float:
        """How much experience multiplies a provider's chance."""
        trust = 0.5 * (tie.competence_trust(MANAGEMENT) + tie.integrity_trust(MANAGEMENT))
        return math.exp(self.model.commissioning.track_record_weight * trust)

    def share_of_money(self, other: Organisation) -> float | None:
        """Share of the care in a field that it buys from ``other``."""
        contract = self.ties[other].contract
        if contract <= 0.0 or not isinstance(other, Provider):
            return None
        bought = sum(
            tie.contract
            for provider, tie in self.ties.items()
            if isinstance(provider, Provider) and provider.domain == other.domain
        )
        return contract / bought

    def residents_arrive(self) -> None:
        """New residents of this month."""
        p = self.model.casework
        expected = self.inhabitants / 1000.0 * p.cases_per_1000_per_year / 12.0
        for _ in range(self.model.rng.poisson(expected)):
            self.resident_arrives()

    def resident_arrives(self) -> None:
        """One resident: needs, the party that takes the case, and what it sees."""
        model, p = self.model, self.model.casework
        fields = range(len(model.scenario_read.region.fields))
        day = (model.month + model.random.random()) * DAYS_A_MONTH
        number = min(model.random.randint(p.needs_least, p.needs_most), len(fields))
        case = Case(self, self, day, model.random.random())
        for field in model.random.sample(fields, number):
            need = Need(case, field, p.care_hours_per_need, tie_break=model.random.random())
            case.needs.append(need)
        case.holder = self.who_takes(case)
        case.parties.append(case.holder)
        model.cases.append(case)
        model.counts["arrived"] += 1
        case.holder.looks_at(case, day)
        if all(need.state is NeedState.UNSEEN for need in case.needs):
            case.needs[0].is_seen_by(case.holder, day)

    def who_takes(self, case: Case) -> Organisation:
        """The access team, or a provider that it pays and that works in the first need."""
        if self.model.random.random() >= self.model.casework.enters_at_provider:
            return self
        field = case.needs[0].field
        paid = [tie for tie in self.ties.values() if tie.contract > 0.0 and tie.other.can(field)]
        if not paid:
            return self
        chosen: Tie = self.model.random.choices(paid, [tie.contract for tie in paid])[0]
        return chosen.other


class Provider(Organisation):
    """A provider: gives care in its fields, in the order of its promises."""

    def __init__(
        self,
        *args: object,
        domain: int,
        fields: frozenset[int],
        region_share: float,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.domain = domain
        self.fields = fields
        self.region_share = region_share
        self.work: list[Need] = []
        self.delegate: Provider | None = None
        self.pledged = 0.0
        self.honoured = 0
        self.refused = False
        self.is_pledger = False
        self.step_field: int | None = None
        self.told = [0.0, 0.0, 0.0]

    def can(self, field: int) -> bool:
        """Whether it can help in ``field``."""
        return field in self.fields

    def chance_of_leaving(self, layer: int) -> float:
        """Chance that a person of ``layer`` leaves within a month."""
        return self.model.leaving["provider"][layer]

    def share_of_money(self, other: Organisation) -> float | None:
        """Share of its turnover that comes from ``other``."""
        contract = other.ties[self].contract
        if contract <= 0.0:
            return None
        return self.region_share * contract / self.hours[PRACTICE]

    def counts_contracts(self) -> None:
        """Its care hours are what municipalities buy."""
        self.hours[PRACTICE] = sum(tie.other.ties[self].contract for tie in self.ties.values())

    # -- promises -------------------------------------------------------------------------

    def gain_of_care(self, asker: Organisation, need: Need) -> float:
        """Gain of taking on paid care that ``asker`` asks for."""
        gain = self.ties[asker].expected_gain(self.model.cooperation, PRACTICE)
        gain += self.model.weight_of_need(need.case, need.clock) + self.bound_to(asker)
        gain -= self.price_of_care()
        if self.pledged > 0.0 and self.step_field == need.field:
            gain += self.model.promised.pledge_binding * self.told[PRACTICE]
        return gain

    def price_of_care(self) -> float:
        """What paid care costs per hour beyond its payment."""
        return self.model.cooperation.load_aversion * self.queue_months()

    def pledge_travels_inside(self) -> None:
        """What the board pledged reaches its managers, and through them practice."""
        passed = 1.0 if self.one_person else self.model.word.inside_per_month
        for layer in (PRACTICE, MANAGEMENT):
            self.told[layer] += passed * max(0.0, self.told[layer + 1] - self.told[layer])

    def answers_for_pledge(self, asker: Organisation, need: Need, accepts: bool) -> None:
        """An ask in the field of the joint agreement calls on the pledge."""
        if self.pledged <= 0.0 or self.step_field != need.field:
            return
        if accepts:
            self.honoured += 1
            self.pledged = max(0.0, self.pledged - need.hours)
        elif not self.refused:
            self.refused = True
            tie = asker.ties[self]
            tie.broken += 1
            tie.late += 1
            tie.touched = True

    def overlooks(self, dependence: float) -> float:
        """Share of its queue that it overlooks when it promises."""
        p = self.model.promised
        return min(1.0, p.optimism * (1.0 + p.pressure * dependence))

    def takes_on(self, need: Need) -> None:
        """Put a need that it sees itself in its queue, without a promise to anybody."""
        need.state = NeedState.PROMISED
        need.provider = self
        need.due = None
        self.work.append(need)
        self.queue += need.hours

    def promises(self, need: Need) -> None:
        """Promise the asker a month."""
        assert need.asker is not None  # noqa: S101 - for the type checker
        self.takes_on(need)
        seen = 1.0 - self.overlooks(self.ties[need.asker].dependence)
        need.due = self.model.month + 1 + int(self.queue_months() * seen)

    def turn(self, need: Need) -> tuple[float, float]:
        """The order of care: promises first, or the newest."""
        if self.model.promised.serve_first == "newest":
            return -need.clock, need.tie_break
        waits = need.clock / DAYS_A_MONTH + 2.0
        return (waits if need.due is None else min(need.due, waits)), need.tie_break

    def gives_care(self) -> None:
        """Work through the queue with the hours that contact has left."""
        end = (self.model.month + 1) * DAYS_A_MONTH
        for need in sorted((need for need in self.work if need.clock < end), key=self.turn):
            self.works_on(need)
        self.work = [need for need in self.work if need.state is NeedState.PROMISED]
        self.queue = sum(need.hours for need in self.work)

    def works_on(self, need: Need) -> None:
        """Give a need what hours are left, and see what becomes of the promise."""
        given = min(self.hours_left(PRACTICE), need.hours)
        self.takes(PRACTICE, given)
        self.queue -= given
        need.hours -= given
        if need.hours <= 0.0 and self.plan_contradicts(need.case):
            p = self.model.casework
            need.hours = p.rework_share * p.care_hours_per_need
            self.queue += need.hours
        if need.hours <= 0.0:
            self.meets_need(need)
        elif need.due is not None and self.model.month >= need.due:
            self.promise_fails(need)

    def plan_contradicts(self, case: Case) -> bool:
        """Whether its plan contradicts that of a party with which it did not attune."""
        contradicted = False
        for other in case.parties:
            pair = frozenset((self, other))
            if other is self or pair in case.weighed or not case.is_treated_by(other):
                continue
            case.weighed.add(pair)
            if pair in case.coordinated:
                continue
            apart = abs(self.image - other.image) / BLIND
            if self.model.random.random() < self.model.casework.contradiction_chance * apart:
                contradicted = True
                self.sees_clash_with(other)
        case.contradicts = case.contradicts or contradicted
        return contradicted

    def sees_clash_with(self, other: Organisation) -> None:
        """Plans that clash cost both sides trust in each other's competence."""
        if other in self.ties:
            for tie in (self.ties[other], other.ties[self]):
                tie.late += 1
                tie.touched = True

    def meets_need(self, need: Need) -> None:
        """Care is complete; a promise is kept."""
        hours = self.hours[PRACTICE]
        left = self.hours_left(PRACTICE)
        used = 1.0 if hours <= 0.0 else min(1.0, max(0.0, 1.0 - left / hours))
        need.state = NeedState.MET
        need.met_on = max(need.clock, (self.model.month + used) * DAYS_A_MONTH)
        if need.due is not None and need.asker is not None:
            self.model.counts["kept"] += 1
            tie = need.asker.ties[self]
            tie.kept += 1
            tie.touched = True

    def promise_fails(self, need: Need) -> None:
        """A promise that will not be met when due: said in time, or found out."""
        asker, model = need.asker, self.model
        assert asker is not None  # noqa: S101 - for the type checker
        tie, own = asker.ties[self], self.ties[asker]
        tie.touched = True
        tie.late += 1
        p, hours = model.cooperation, model.attention.ask_hours
        gain = p.mutual_yield * p.shadow * own.dependence + own.bonds[MANAGEMENT].acquaintance
        has_time = self.hours_next_month(MANAGEMENT) >= hours
        if has_time and self.chooses(gain - model.promised.embarrassment):
            self.owed[MANAGEMENT] += hours
            model.counts["hours"] += hours
            model.counts["announced"] += 1
            seen = 1.0 - self.overlooks(own.dependence)
            need.due = model.month + 1 + int(self.queue_months() * seen)
            return
        tie.broken += 1
        model.counts["broken"] += 1
        self.queue -= need.hours
        need.state = NeedState.OPEN
        need.clock = (model.month + 1) * DAYS_A_MONTH
        need.tried.append(self)

    def drops(self, need: Need) -> None:
        """The case has failed; what was promised lapses."""
        self.work.remove(need)
        self.queue -= need.hours
        self.model.counts["lapsed"] += need.asker is not self


def new_bonds(competence: float, integrity: float) -> list[Bond]:
    """Bonds of persons who do not know each other, one a layer."""
    return [Bond(0.0, competence, integrity) for _ in LAYERS]
