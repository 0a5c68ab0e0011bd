//! Any order of steps.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Step {
    Submit(ChatMark, bool),
    Begin(usize),
    Succeed(usize),
    Fail(usize),
    Unknown(usize),
    Requeue(usize),
    Cancel(usize),
    Retry(usize),
    Recover,
    Server(bool, bool, bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let marks = prop_oneof![
        Just(ChatMark::Archived),
        Just(ChatMark::Pinned),
        Just(ChatMark::Muted)
    ];
    let which = 0..6_usize;
    let step = prop_oneof![
        4 => (marks, any::<bool>()).prop_map(|(mark, on)| Step::Submit(mark, on)),
        4 => which.clone().prop_map(Step::Begin),
        3 => which.clone().prop_map(Step::Succeed),
        2 => which.clone().prop_map(Step::Fail),
        1 => which.clone().prop_map(Step::Unknown),
        1 => which.clone().prop_map(Step::Requeue),
        1 => which.clone().prop_map(Step::Cancel),
        1 => which.prop_map(Step::Retry),
        1 => Just(Step::Recover),
        2 => any::<(bool, bool, bool)>().prop_map(|(a, b, c)| Step::Server(a, b, c)),
    ];
    prop::collection::vec(step, 1..30)
}

/// What the server holds: archived, pinned, muted.
type Truth = [bool; 3];

fn place(mark: ChatMark) -> usize {
    match mark {
        ChatMark::Archived => 0,
        ChatMark::Pinned => 1,
        _ => 2,
    }
}

fn shown(store: &Store) -> Truth {
    let row = row(store);
    [row.archived, row.pinned, row.muted]
}

fn server_says(tx: &Tx<'_>, truth: Truth, stamp: i64) -> Result<()> {
    let mut said = chat("chat");
    said.archived = truth[0];
    said.pinned = Some(truth[1]);
    if truth[2] {
        said.muted = crate::model::chat::Muted::ForEver;
    }
    apply::chats(tx, &[said], Stamp(stamp)).map(drop)
}

/// Does a step in the store and in the truth; steps that make no sense are refused, which is what is tested.
fn take(store: &Store, step: &Step, ids: &mut Vec<OutboxId>, truth: &mut Truth, n: i64) {
    let pick = |which: usize| ids.get(which % ids.len().max(1)).copied();
    let now = at(n);
    match *step {
        Step::Submit(which, on) => ids.push(hand(store, mark(which, on), n)),
        Step::Begin(which) => {
            let ready = store.read_now(move |db| next(db, now)).unwrap();
            if let Some(id) = pick(which).filter(|id| ready.iter().any(|it| it.id == *id)) {
                go(store, id, n);
            }
        }
        Step::Succeed(which) => {
            let Some(id) = pick(which) else { return };
            let told = write(store, move |tx| {
                succeed(tx, id, &Success::default(), Stamp(n * 10), now)
            });
            if let (true, Act::MarkChat { mark, on, .. }) = (told, item(store, id).act) {
                truth[place(mark)] = on;
            }
        }
        Step::Fail(which) => {
            if let Some(id) = pick(which) {
                write(store, move |tx| fail(tx, id, "no", now));
            }
        }
        Step::Unknown(which) => {
            if let Some(id) = pick(which) {
                lose(store, id, n);
            }
        }
        Step::Requeue(which) => {
            if let Some(id) = pick(which) {
                write(store, move |tx| requeue(tx, id, now, "later", now));
            }
        }
        Step::Cancel(which) => {
            if let Some(id) = pick(which) {
                let _ = store.write_now(Care::Kept, move |tx| cancel(tx, id, now));
            }
        }
        Step::Retry(which) => {
            if let Some(id) = pick(which) {
                let _ = store.write_now(Care::Kept, move |tx| retry(tx, id, now));
            }
        }
        Step::Recover => {
            write(store, move |tx| recover(tx, now));
        }
        Step::Server(a, b, c) => {
            *truth = [a, b, c];
            let said = *truth;
            write(store, move |tx| server_says(tx, said, n * 10));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_acts_in_whatever_order_the_user_sees_their_own_wish_or_the_servers(steps in steps()) {
        let (_dir, store) = store();
        let (mut ids, mut truth) = (Vec::new(), [false; 3]);
        for (n, step) in (10..).zip(&steps) {
            take(&store, step, &mut ids, &mut truth, n);
            let live: Vec<OutboxItem> = ids.iter().map(|id| item(&store, *id)).collect();
            // At most one of a lane is on its way.
            prop_assert!(live.iter().filter(|it| it.state == OutboxState::Sending).count() <= 1);
            let mut expected = truth;
            for it in &live {
                let is_open = !matches!(it.state, OutboxState::Sent | OutboxState::Failed | OutboxState::Canceled);
                if let (true, Act::MarkChat { mark, on, .. }) = (is_open, &it.act) {
                    expected[place(*mark)] = *on;
                }
                let id = it.id;
                let shadows: i64 = store.read_now(move |db| {
                    Ok(db.query_row("SELECT count(*) FROM shadows WHERE act = ?1", [id.0], |row| row.get(0))?)
                }).unwrap();
                prop_assert_eq!(shadows, i64::from(is_open), "{:?}", it);
            }
            prop_assert_eq!(shown(&store), expected, "after {:?}", step);
        }
    }
}
