// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace synthv1 {

/// How many bytes of an SQLite write-ahead log were written and cannot be used any more, because they or
/// bytes before them are damaged or missing; 0 where all is whole or there is no such file. `path`: of the
/// log ("x.db-wal"). To be asked before the database is opened, which takes them away without a word.
/// Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
std::uint64_t damaged_wal_bytes(const std::string& path);

}  // namespace synthv1
