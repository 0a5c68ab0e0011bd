//! Chats, messages and the people in them.
