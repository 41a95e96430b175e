"""Many models made as one step."""

from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """Models that lead to one another, in circles too. For each that is made alone Django draws all that it knows
    anew, which is what most of the time of a `migrate` went into: here they are drawn once, when all are known."""

    def __init__(self, models):
        self.models = models

    def state_forwards(self, app_label, state):
        state.__dict__.pop('apps', None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f'Create {", ".join(model.name for model in self.models)}'
