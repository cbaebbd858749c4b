// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/gzip_size.h"

#include "synthv1/base/error.h"

#include <algorithm>
#include <vector>

#include <zlib.h>

namespace synthv1 {

namespace {

constexpr int kLevel = 6;
constexpr int kGzipWindow = 15 + 16;  ///< 32 KiB, with gzip's header
constexpr int kMemoryLevel = 8;
constexpr std::size_t kPiece = std::size_t{1} << 16;

}  // namespace

class GzipSize::Stream {
 public:
  Stream() {
    check(deflateInit2(&zlib_, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK,
          "zlib begins");
  }
  ~Stream() { deflateEnd(&zlib_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void add(std::string_view text) {
    while (!text.empty()) {
      const std::size_t size = std::min(text.size(), kPiece - filled_);
      std::copy_n(text.begin(), size, piece_.begin() + static_cast<std::ptrdiff_t>(filled_));
      filled_ += size;
      text.remove_prefix(size);
      if (filled_ == kPiece) pack(Z_NO_FLUSH);
    }
  }

  std::uint64_t finish() {
    pack(Z_FINISH);
    return packed_;
  }

 private:
  void pack(int flush) {
    zlib_.next_in = piece_.data();
    zlib_.avail_in = static_cast<uInt>(filled_);
    do {
      zlib_.next_out = thrown_away_.data();
      zlib_.avail_out = static_cast<uInt>(thrown_away_.size());
      deflate(&zlib_, flush);
      packed_ += thrown_away_.size() - zlib_.avail_out;
    } while (zlib_.avail_out == 0);
    filled_ = 0;
  }

  z_stream zlib_{};
  std::vector<Bytef> piece_ = std::vector<Bytef>(kPiece);
  std::vector<Bytef> thrown_away_ = std::vector<Bytef>(kPiece);
  std::size_t filled_ = 0;
  std::uint64_t packed_ = 0;
};

GzipSize::GzipSize() : stream_(std::make_unique<Stream>()) {}
GzipSize::~GzipSize() = default;
GzipSize::GzipSize(GzipSize&&) noexcept = default;
GzipSize& GzipSize::operator=(GzipSize&&) noexcept = default;

void GzipSize::add(std::string_view text) { stream_->add(text); }
std::uint64_t GzipSize::finish() { return stream_->finish(); }

}  // namespace synthv1
