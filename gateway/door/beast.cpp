// Beast and the TLS of Asio compiled once (docs/design.md: heavy headers in few files).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
