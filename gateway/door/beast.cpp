// Beast compiled once (docs/design.md: heavy headers in few files).
#include <boost/beast/src.hpp>
