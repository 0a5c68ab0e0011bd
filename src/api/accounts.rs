//! Accounts: linking, health, the hosted wizard.
