// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/paraphrase/date_phrases.h"
#include "synthv1/paraphrase/rewrite_check.h"
#include "synthv1/paraphrase/rewrite_faults.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// One rewrite, held against its question.
class RewriteReading {
 public:
  /// `thing` may be null, where the catalogue has no such question type. All must outlive the reading.
  RewriteReading(const RewriteCheck& check, const ThingAsked* thing, const Question& question,
                 std::string_view text, Language in);

  /// What is wrong, one line each.
  std::vector<std::string> faults();

 private:
  bool check_form();
  bool check_odd_characters();
  void check_ending();
  void check_dates();
  void check_strays();
  void check_scenes();
  void check_thing();

  void compare_date(const DatePhrase& phrase);
  void check_stray(std::size_t token);
  void check_name(std::size_t token, std::vector<bool>& scenes, std::vector<bool>& subscenes);
  void check_strange_name(std::size_t token);
  void check_list_item(std::size_t token);
  bool takes_superlative() const;

  void add(RewriteFault fault, std::string_view text = {}, std::string_view want = {});
  std::string_view text_of(std::size_t begin, std::size_t end) const;
  std::string scene_name(SceneId id) const;

  const RewriteCheck& check_;
  const ThingAsked* thing_;
  const Question& question_;
  std::string_view text_;
  Language in_;
  std::vector<Token> tokens_;
  std::vector<DatePhrase> dates_;
  std::uint32_t features_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace synthv1
