// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace synthv1 {

/// The words that texts are searched by: runs of letters and digits in small letters ("28.5" and "2024-01-15"
/// stay whole), and each two neighbouring Chinese characters.
std::vector<std::string> search_terms(std::string_view text);

/// Ranks texts by how well they fit a query: Okapi BM25, k1 = 1.5, b = 0.75, weights of Lucene (S. Robertson,
/// H. Zaragoza, 2009).
class Bm25 {
 public:
  explicit Bm25(const std::vector<std::string>& texts);

  /// The `most` best of the first `among` texts, ascending by number; of equals the later ones. Fewer where
  /// there are fewer.
  std::vector<std::uint32_t> best(std::string_view query, std::uint32_t most, std::uint32_t among) const;

 private:
  struct Entry {
    std::uint32_t text;
    std::uint32_t count;
  };
  std::vector<std::uint32_t> lengths_;                           ///< of each text, in terms
  std::unordered_map<std::string, std::vector<Entry>> entries_;  ///< by term, ascending
};

}  // namespace synthv1
