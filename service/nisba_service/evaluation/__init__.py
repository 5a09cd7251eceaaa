"""How right the answers are: gold documents in, figures out. No network, no clock, no randomness.

    gold ─► systems ─► matching ─► scores, calibration, mistakes ─► report_*
    bio ─► ner ───────────────────────────────────────────────────► report_ner

Everything but `systems` is pure functions over frozen values.
"""
