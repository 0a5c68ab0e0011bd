//! # The map of the house
//!
//! onebox is one inbox for everything, in the terminal. This page says where things are and which way they flow.
//!
//! ## Floors
//!
//! Each folder may use only the floors after its arrow; `tests/it/house.rs` fails on a breach, on files over 500 lines
//! and on functions over 80.
//!
//! | floor | what lives there | may use |
//! |---|---|---|
//! | [`model`] | values a person would name: accounts, chats, messages, mails, people, posts | nothing |
//! | [`config`] | settings: command line over environment over file over defaults; profiles, private files | model |
//! | [`mail`] | what mails are made of: HTML as readable text, history, answers and their addresses, invitations | model |
//! | [`api`] | the typed client: one request, once; all paths and field names of the wire | model |
//! | [`store`] | everything on this machine: one SQLite file per profile, its queries, search, outbox, drafts | model, mail |
//! | [`sync`] | network ⇄ store: one budget of requests, safe repetition, what to fetch when, sending | api, store, mail, model, config |
//! | [`demo`] | the embedded Unipile: axum on loopback over a living, invented world | nothing |
//! | [`app`] | what the screen is about, as values: one state, one message type, one pure update; no I/O, no clock | mail, model, config |
//! | [`ui`] | draws the state: one pen that lets only text through, one measure of width, themes, panes, windows | app, mail, model, config |
//! | [`runtime`] | the loop: terminal, keys, questions to the store, deeds, the engine beside the screen | all but cli |
//! | [`cli`] | a file or folder for each subcommand; all output through `output` | all of the above |
//!
//! `demo` shares no code with `api`: both read `assets/openapi.yaml` for themselves, so that each catches the other's
//! mistakes. The embedded server is the only fake there is: what is demonstrated is what is tested.
//!
//! ## How a request flows
//!
//! ```text
//! params struct ─► Request (data) ─► sync::Asker ─► Client::open ─► the server
//!                                    budget, waits,   one try, key in
//!                                    safe retries     one header
//! model values ◄─ Decode ◄─ Fields (tolerant, cleans text) ◄─ body, capped
//! ```
//!
//! - [`api::operations`] is the table of all operations. Client, shell and tests read it, so no operation can be
//!   forgotten: a test compares it with the contract row by row.
//! - Decoding goes from JSON straight to the model through one tolerant reader, `Fields`, without a layer of wire
//!   structs in between: a field is read in one place, in one line, and a broken item costs itself only.
//! - `Client` never repeats and never waits. [`sync::Asker`] does both, and repeats only what is safe to do twice.
//! - The shell passes JSON on as it came (`Client::value`); everything else of the program sees model values.
//!
//! ## How the store stays true
//!
//! ```text
//! server ─► api ─► sync::engine::jobs ─► store::apply(stamp) ─► rows, words ─► Change ─► whoever shows it
//!                        ▲                                          │
//!          schedule ─────┘        shell, screens ◄── store::read ◄──┘
//!          link, walk             (windows, on connections that cannot write)
//!
//! act of the user ─► one step: outbox row + what is shown + how to undo it ─► sync::outbox ─► server
//!                                                              refused: rolled back and said so
//! ```
//!
//! - One file per profile, `onebox.db`, written by one thread; everybody else reads. Drafts and outbox are copied into
//!   `kept.db` by triggers in the same step, so they outlive the loss of the first file.
//! - **Ids are times.** The row id of an entry is its time in milliseconds times 2^15 plus a tie-break from its uid. So
//!   a conversation, the index of words and a search all walk along one order, that of time, without a sort.
//! - **Stamps, not clocks.** Every request has a number; a row remembers the one that brought it, and an older answer
//!   never overwrites a newer one. Pages may come in any order, any number of times. Time comes from the server alone.
//! - **Stretches, not cursors.** What was fetched without a hole is stored as stretches of time; news extend the latest,
//!   history closes the gaps from the top down. A fetch can be broken off anywhere and goes on from there.
//! - **Only a 404 takes away.** What is missing on a page is asked for by its id before it is dropped, so a broken page
//!   empties nothing.
//! - **Copies.** A mail draft is stored at its provider, too. A row knows each copy before it is asked for, what it said
//!   and as which mail it is listed; a newer copy is there before the older one goes, and what changed there is never
//!   replaced.
//! - **Shadows.** An act changes the stored fields at once and leaves a shadow: what the server last said. Answers that
//!   come meanwhile change the shadow; a refusal puts it back.
//! - Words are folded and cut in `store::search` alone, for the index, for queries and for highlights, so all three
//!   always agree. FTS5 sees only the folded words; scripts without spaces are indexed letter by letter.
//!
//! Where this differs from a first sketch: there is no pool of readers behind a channel, since a read that may wait runs
//! on tokio's own blocking threads; the best hits are ranked by our own few lines among the newest, since FTS5 ranks
//! everything or nothing; the state of a fetch is stretches of time and not cursors, which a server forgets.
//!
//! ## How the screen works
//!
//! ```text
//! key, click, paste ─► Msg ─► update(&mut State, Msg) ─► Effects ─► runtime ─► store, engine, terminal
//!                       ▲                                             │
//!                       └──── Answer with its Ticket, Done ◄──────────┘
//! store ─► Change ─► Msg::Changed ─► update asks the store again
//! State ─► ui::draw(&State, &mut Scratch, &Theme, &mut Frame) ─► Msg::Laid
//! ```
//!
//! - [`app::update`] is the only thing that changes the state, and does nothing else: no clock, no disk, no chance. What it
//!   wants done it says as data, and every question has a ticket, so that only the newest answer counts.
//! - The state holds windows: some hundred rows of the list, some hundred entries of one conversation. They grow at their
//!   edges before the eye gets there, and forget what is far away.
//! - [`ui::Pen`] is the only way onto the screen. It takes text and nothing else, so nothing from outside can act on the
//!   terminal, whatever it holds; `ui::text` is the one measure of cells, and cuts and wraps by it.
//! - How many lines a message takes is known when it is drawn. So the state says what shall be seen (the end, this entry,
//!   so many lines further), drawing works it out, and [`app::Msg::Laid`] brings back how it came to lie.
//! - [`app::command`] is one table of everything the user can do; keys, footer, help, palette, settings and docs/keys.md
//!   come from it.
//! - All that waits is taken in before one frame is drawn. Nothing is drawn when nothing has changed.
//! - The conversation under the resting cursor is shown after a moment without counting as read; opening it is a key.
//!
//! ## How the demo answers
//!
//! ```text
//! http ─► server (key, misbehaviour) ─► incoming ─► Ask ─► handler(&mut World, &Ask) ─► Reply or Problem
//! clock ─► live::advance(&mut World) ─► plans that are due ─► events ─► deliver ─► webhooks
//! ```
//!
//! Handlers are plain functions on the world: no HTTP, no clock, no waiting. Ids are scrambled numbers that can be read
//! back, and generated messages are worked out when somebody asks, so a million of them cost little.
//!
//! ## Where new things go
//!
//! | to add | touch |
//! |---|---|
//! | an operation | its row in `api/operations/`, a method and a params struct in its area of `api/`, a route in `demo/routes.rs` and a handler in `demo/areas/`, its call in `tests/it/contract/` |
//! | a field of an answer | the struct in `model/`, one line in the area's `Decode` |
//! | something stored | the next script in `store/migrations/` (one that was released is never edited), the subject's file in `store/apply/` and `store/read/` |
//! | something to fetch | a `Job` in `sync/engine/schedule.rs`, its arm in `sync/engine/jobs/` |
//! | an act of the user | a variant of `Act` in `model/act.rs`, its change in `store/outbox/`, its request in `sync/outbox/` |
//! | a command or key | a row in `app/command.rs`, its arm in `app/update/` |
//! | a question of the screen | a variant of `app::effect::Read` and `Answer`, its arm in `runtime/reads.rs` |
//! | a window over the screen | a variant of `app::layer::Layer` with its state in `app/`, its drawing in `ui/windows/` |
//! | something about the contents of mails | a file in `mail/`, a plain function with its own tests |
//! | a colour | a role in `ui/theme.rs` and in each of assets/themes/ |
//! | a setting | a field in [`config`], a line in `assets/config.toml` |
//! | a subcommand | a file in [`cli`] that documents its output |
//! | a field of the shell's JSON | its record in `cli/records/`, its row in docs/shell.md |
//! | a conversation or mail of the demo | a text in `assets/demo/`, whose FORMAT.md says how |
//! | something that happens in the demo by itself | a variant of `What` in `demo/world/plan.rs`, its arm in `demo/live.rs` |
//!
//! ## Words
//!
//! **Operation** one call of the API · **Ask**, **Reply**, **Problem** a request and its answers on the server's side ·
//! **Flaw** something in an answer that could not be read and was left out · **World** all the embedded server knows ·
//! **Plan** something that is going to happen in it · **Entry** a message or a mail · **Conversation** a chat or a thread
//! · **Handle** a person as one account knows them · **Stamp** the number of a request · **Job** one unit of fetching ·
//! **Lead** the right of one process to fetch and send · **Outbox** acts the server has not confirmed.

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod mail;
pub mod model;
pub mod runtime;
pub mod store;
pub mod sync;
pub mod ui;
