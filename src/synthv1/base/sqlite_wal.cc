// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/sqlite_wal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

namespace synthv1 {

namespace {

using Byte = unsigned char;

constexpr std::size_t kHeader = 32;           ///< magic, format, page size, count, salts (2), checksums (2)
constexpr std::size_t kFrameHeader = 24;      ///< page, size after a commit, salts (2), checksums (2)
constexpr std::uint32_t kMagic = 0x377f0682;  ///< its last bit says that checksums read big-endian words

std::uint32_t big_endian(std::span<const Byte> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | bytes[at + 3];
}

/// The running checksum of a log.
struct Checksum {
  bool big = false;
  std::uint32_t first = 0, second = 0;

  void add(std::span<const Byte> bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first += word(bytes, at) + second;
      second += word(bytes, at + 4) + first;
    }
  }
  bool stands_at(std::span<const Byte> bytes, std::size_t at) const {
    return big_endian(bytes, at) == first && big_endian(bytes, at + 4) == second;
  }

 private:
  std::uint32_t word(std::span<const Byte> bytes, std::size_t at) const {
    const std::uint32_t value = big_endian(bytes, at);
    return big ? value : __builtin_bswap32(value);
  }
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// A log, read once from its beginning.
class Log {
 public:
  explicit Log(const std::string& path) : file_(std::fopen(path.c_str(), "rb")) {}

  std::uint64_t damaged() {
    if (!file_) return 0;
    const auto size = fill(header_);
    if (size == 0) return 0;
    sum_.big = (big_endian(header_, 0) & 1) != 0;
    sum_.add(std::span<const Byte>(header_).first(24));
    const bool whole =
        size == kHeader && (big_endian(header_, 0) & ~1u) == kMagic && sum_.stands_at(header_, 24);
    if (!whole) return size + rest();
    frame_.resize(kFrameHeader + big_endian(header_, 8));
    return frames();
  }

 private:
  /// Bytes from the first bad frame to the last one that belongs to this log. What lies behind is left from
  /// an earlier one, both of whose salts were others.
  std::uint64_t frames() {
    std::uint64_t bad = 0, damaged = 0;
    while (const std::size_t size = fill(frame_)) {
      const bool own = size >= 16 && (same_salt(0) || same_salt(4));
      if (bad == 0 && size == frame_.size() && is_next()) continue;
      bad += size;
      if (own || size < 16) damaged = bad;
    }
    return damaged;
  }

  bool same_salt(std::ptrdiff_t at) const {
    const auto frames = frame_.begin() + 8 + at;
    return std::equal(frames, frames + 4, header_.begin() + 16 + at);
  }

  bool is_next() {
    if (!same_salt(0) || !same_salt(4)) return false;
    sum_.add(std::span<const Byte>(frame_).first(8));
    sum_.add(std::span<const Byte>(frame_).subspan(kFrameHeader));
    return sum_.stands_at(frame_, 16);
  }

  std::size_t fill(std::span<Byte> bytes) { return std::fread(bytes.data(), 1, bytes.size(), file_.get()); }

  std::uint64_t rest() {
    std::uint64_t size = 0;
    std::array<Byte, 4096> bytes;
    while (const std::size_t more = fill(bytes)) size += more;
    return size;
  }

  std::unique_ptr<std::FILE, CloseFile> file_;
  std::array<Byte, kHeader> header_{};
  std::vector<Byte> frame_;
  Checksum sum_;
};

}  // namespace

std::uint64_t damaged_wal_bytes(const std::string& path) { return Log(path).damaged(); }

}  // namespace synthv1
