//! Pictures between those who work them out, the drawing and the terminal.

use super::super::pictures::{self, Made};
use super::super::terminal::Screen;
use super::{Error, Run};
use crate::app::Msg;
use crate::app::pictures::{PictureNews, PictureWish};
use crate::ui::pictures::Of;

impl Run {
    /// Finds out how pictures are drawn.
    pub(super) fn measure(&mut self) {
        let medium = pictures::find_medium(self.state.settings.images, &self.theme);
        self.scratch.pictures.set_medium(medium);
    }

    /// Takes in a picture that was worked out.
    pub(super) fn hang(&mut self, made: Made, screen: &mut Screen) -> Result<(), Error> {
        let medium = self.scratch.pictures.medium();
        self.painters.done(&made, medium);
        if let Of::File(key) = &made.wanted.of
            && made.gone
        {
            let gone = PictureNews::Gone(key.clone());
            self.update(Msg::Picture(gone), screen)?;
        }
        // What was begun for another size of letters is of no use.
        if made.medium != medium {
            return Ok(());
        }
        let drawn = match made.picture {
            Some(picture) => {
                screen.send(&picture.sent)?;
                Some(picture.drawn)
            }
            None => None,
        };
        self.scratch.pictures.put(made.wanted, drawn);
        Ok(())
    }

    /// Lets the terminal forget pictures that are of no use any more.
    pub(super) fn forget_pictures(&mut self, screen: &mut Screen) -> Result<(), Error> {
        let dropped = self.scratch.pictures.take_dropped();
        let words = pictures::forgotten(&dropped, self.scratch.pictures.medium());
        screen.send(&words)?;
        Ok(())
    }

    /// Looks for pictures, or fetches one.
    pub(super) fn picture(&self, wish: PictureWish) {
        let (files, told) = (self.painters.files().clone(), self.told.clone());
        let tell = move |news| {
            let _ = told.send(Msg::Picture(news));
        };
        match wish {
            PictureWish::Look(asked) => {
                self.crew.spawn_blocking(move || {
                    let here = files.here(&asked);
                    tell(PictureNews::Looked { asked, here });
                });
            }
            PictureWish::Fetch(key) => {
                let Some(online) = self.fetcher.online.clone() else {
                    let why = "There is no server to fetch the picture from.";
                    return tell(PictureNews::Failed(key, why.to_owned()));
                };
                self.crew.spawn(async move {
                    let done = files.fetch(&online, &key).await;
                    tell(match done {
                        Ok(()) => PictureNews::Fetched(key),
                        Err(error) => PictureNews::Failed(key, error.to_string()),
                    });
                });
            }
        }
    }
}
