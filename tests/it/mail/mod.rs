//! What is made of mails: a zoo of them as text, and what must hold for any bytes.

mod nonsense;
mod zoo;
