//! A voice note: an Ogg stream of Opus packets.
//!
//! Nothing here can encode sound, so a bar of six soft notes, computed as sine waves and encoded once, is
//! kept as packets in `chime.txt` and played over and over for as long as asked.

use super::bytes::ogg_crc;

/// A packet lasts 60 ms and the clock always counts 48 000 to the second.
const PACKET: u64 = 2880;
const SECOND: u64 = 48_000;
const DELAY: u16 = 312;
const PER_PAGE: usize = 16;
const SILENCE: &[u8] = &[0x18];
const CHIME: &str = include_str!("chime.txt");

pub(super) fn voice(seed: u64, seconds: u32) -> Vec<u8> {
    let serial = seed as u32;
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(DELAY.to_le_bytes());
    head.extend(48_000_u32.to_le_bytes());
    head.extend([0; 3]);
    let tags = b"OpusTags\x06\0\0\0onebox\0\0\0\0";
    let mut out = page(&[&head], Flag::First, (0, serial, 0));
    out.extend(page(&[tags], Flag::None, (0, serial, 1)));

    let end = u64::from(seconds) * SECOND + u64::from(DELAY);
    let count = usize::try_from(end.div_ceil(PACKET)).unwrap_or(1);
    let bar = chime();
    let packets: Vec<&[u8]> = (bar.iter().map(Vec::as_slice).cycle().take(count)).collect();
    let (mut clock, mut number) = (0, 2);
    for group in packets.chunks(PER_PAGE) {
        clock = (clock + group.len() as u64 * PACKET).min(end);
        let flag = if clock == end { Flag::Last } else { Flag::None };
        out.extend(page(group, flag, (clock, serial, number)));
        number += 1;
    }
    out
}

/// The packets of the bar; silence should the text ever be unreadable.
fn chime() -> Vec<Vec<u8>> {
    let mut packets: Vec<Vec<u8>> = CHIME.lines().filter_map(unhex).collect();
    if packets.is_empty() {
        packets.push(SILENCE.to_vec());
    }
    packets
}

fn unhex(line: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = line
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        })
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    (rest.is_empty() && !pairs.is_empty())
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[derive(Clone, Copy)]
enum Flag {
    None = 0,
    First = 2,
    Last = 4,
}

fn page(packets: &[&[u8]], flag: Flag, (clock, serial, number): (u64, u32, u32)) -> Vec<u8> {
    let mut laces = Vec::new();
    for packet in packets {
        laces.extend(std::iter::repeat_n(255, packet.len() / 255));
        laces.push((packet.len() % 255) as u8);
    }
    let mut page = b"OggS\0".to_vec();
    page.push(flag as u8);
    page.extend(clock.to_le_bytes());
    page.extend(serial.to_le_bytes());
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push(laces.len() as u8);
    page.extend(laces);
    page.extend(packets.concat());
    let sum = ogg_crc(&page).to_le_bytes();
    if let Some(slot) = page.get_mut(22..26) {
        slot.copy_from_slice(&sum);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_carry_their_sums_and_the_clock_ends_on_the_second() {
        let ogg = voice(0xABCD_1234_5678, 7);
        let (mut at, mut number, mut clock, mut flag) = (0, 0u32, 0, 0);
        while at < ogg.len() {
            let laces = usize::from(ogg[at + 26]);
            let table = &ogg[at + 27..at + 27 + laces];
            let body: usize = table.iter().map(|lace| usize::from(*lace)).sum();
            let mut whole = ogg[at..at + 27 + laces + body].to_vec();
            assert_eq!(&whole[..5], b"OggS\0");
            assert_eq!(whole[18..22], number.to_le_bytes());
            let told: [u8; 4] = whole[22..26].try_into().unwrap();
            whole[22..26].fill(0);
            assert_eq!(u32::from_le_bytes(told), ogg_crc(&whole));
            clock = u64::from_le_bytes(whole[6..14].try_into().unwrap());
            flag = whole[5];
            at += whole.len();
            number += 1;
        }
        assert_eq!((at, clock, flag), (ogg.len(), 7 * 48_000 + 312, 4));
    }

    #[test]
    fn the_bar_of_notes_is_readable_and_of_one_kind_of_packet() {
        let bar = chime();
        assert_eq!(bar.len(), 32);
        assert!(bar.iter().all(|packet| packet[0] == bar[0][0]));
    }
}
