"""A LinkedIn of its own, in a schema of its own: members who behave, rules that are enforced, a clock that can be set.

Only ``adapters/rail_simulated`` imports it. Nothing here touches the product's tables, and the schema exists only once
a world has been created.
"""
