//! A server behind TLS with a certificate of the test's choice. The certificates in `tls/` are invented and last a
//! hundred years, `expired.pem` aside; `ca.pem` has signed all but `self-signed.pem`, and its key is thrown away.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

/// A running server of this kind, which calls itself `localhost`.
#[derive(Debug)]
pub struct Secured {
    pub url: String,
    heard: Arc<AtomicUsize>,
}

impl Secured {
    /// Starts a server that shows this certificate and answers everything with an empty list.
    pub fn open(certificate: &str) -> Self {
        let chain = vec![CertificateDer::from_pem_file(file(certificate)).unwrap()];
        let key = PrivateKeyDer::from_pem_file(file("key")).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        );
        let heard = Arc::<AtomicUsize>::default();
        let count = Arc::clone(&heard);
        std::thread::spawn(move || {
            for mut socket in listener.incoming().flatten() {
                let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = Stream::new(&mut connection, &mut socket);
                let mut bytes = [0; 16 << 10];
                // A client that does not like the certificate goes away here.
                if let Ok(length) = stream.read(&mut bytes) {
                    count.fetch_add(length, Ordering::SeqCst);
                    let body = "{\"object\":\"AccountList\",\"items\":[],\"cursor\":null}";
                    let _ = write!(
                        stream,
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                        body.len()
                    );
                }
            }
        });
        Self { url, heard }
    }

    /// How many bytes of HTTP have come through.
    pub fn heard(&self) -> usize {
        self.heard.load(Ordering::SeqCst)
    }
}

/// Where a certificate or the key lies.
pub fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/support/tls/{name}.pem"))
}
