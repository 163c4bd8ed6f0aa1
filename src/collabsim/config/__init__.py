"""Configs: what to simulate, as YAML files that are checked before anything runs."""

from collabsim.config.catalogue import Parameter, groups, parameters
from collabsim.config.comparison import Comparison
from collabsim.config.errors import ConfigError
from collabsim.config.loading import (
    load_comparison,
    load_config,
    load_scenario,
    scenario_from_mapping,
    set_value,
)
from collabsim.config.writing import differences, dump_yaml, identity, json_schema, resolved

__all__ = [
    "Comparison",
    "ConfigError",
    "Parameter",
    "differences",
    "dump_yaml",
    "groups",
    "identity",
    "json_schema",
    "load_comparison",
    "load_config",
    "load_scenario",
    "parameters",
    "resolved",
    "scenario_from_mapping",
    "set_value",
]
