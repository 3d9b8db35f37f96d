"""dateline turns conflict news into an event record that can be checked."""
