"""Mesa's data collector, fed from what the model records anyway."""

from typing import TYPE_CHECKING

import mesa
import pandas as pd

from collabsim.series import SERIES

if TYPE_CHECKING:
    from collabsim.model import CollaborationModel


class RecordedData(mesa.DataCollector):
    """Gives the monthly series as a table, without collecting anything while the model runs."""

    def __init__(self, model: "CollaborationModel") -> None:
        super().__init__()
        self._model = model

    def get_model_vars_dataframe(self) -> pd.DataFrame:
        """One row a month, one column for each of ``SERIES``; empty before the first month."""
        if self._model.month == 0:
            return pd.DataFrame(columns=list(SERIES))
        months = pd.RangeIndex(1, self._model.month + 1, name="month")
        return pd.DataFrame(self._model.series(), index=months)
