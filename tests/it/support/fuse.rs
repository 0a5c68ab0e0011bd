//! Connections that can be reset: their end is not a goodbye but an error, as when a router forgets them.

use std::io::Result;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Decides how a connection ends.
#[derive(Debug, Clone, Default)]
pub struct Fuse(Arc<AtomicBool>);

impl Fuse {
    /// When it ends now, the other side sees a reset.
    pub fn blow(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_blown(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Accepts connections with a fuse each.
pub struct Plugs(pub TcpListener);

/// A connection with a fuse.
pub struct Plug {
    stream: TcpStream,
    fuse: Fuse,
}

impl Listener for Plugs {
    type Io = Plug;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Plug, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.0).await;
        let fuse = Fuse::default();
        (Plug { stream, fuse }, from)
    }

    fn local_addr(&self) -> Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Plugs>> for Fuse {
    fn connect_info(stream: IncomingStream<'_, Plugs>) -> Self {
        stream.io().fuse.clone()
    }
}

impl Drop for Plug {
    fn drop(&mut self) {
        if self.fuse.is_blown() {
            // Closed without lingering, what was not sent yet is thrown away and a reset goes out.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Plug {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Plug {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if self.fuse.is_blown() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[tokio::test]
async fn a_blown_fuse_resets_the_connection() {
    use tokio::io::AsyncReadExt as _;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut plugs = Plugs(listener);
    let mut other = TcpStream::connect(plugs.0.local_addr().unwrap())
        .await
        .unwrap();
    let (plug, _) = plugs.accept().await;
    plug.fuse.blow();
    drop(plug);
    let end = other.read(&mut [0; 9]).await;
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
}
