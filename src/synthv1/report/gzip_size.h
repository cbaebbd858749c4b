// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace synthv1 {

/// How large a text becomes when gzip packs it (level 6), piece by piece; what is packed is thrown away.
class GzipSize {
 public:
  GzipSize();
  ~GzipSize();
  GzipSize(GzipSize&&) noexcept;
  GzipSize& operator=(GzipSize&&) noexcept;

  void add(std::string_view text);
  /// Bytes of the whole gzip file. Nothing can be added after it.
  std::uint64_t finish();

 private:
  class Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace synthv1
