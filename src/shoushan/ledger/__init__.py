"""The append-only ledger (留痕): every change, by whom, why, and what the thing looked like afterwards.

It knows people and units only by their ids, so that orgs can write its own events. An action calls
`ledger.actions.record` inside its transaction; `shoushan ledger verify` names whatever was changed behind it.
"""
