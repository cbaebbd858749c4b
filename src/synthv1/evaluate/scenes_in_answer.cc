// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/scenes_in_answer.h"

#include "synthv1/base/text.h"

namespace synthv1 {

namespace {

constexpr std::size_t kMostSeparators = 3;

bool is_separator(char c) { return c == ' ' || c == '-' || c == '_' || c == '/'; }

/// The bytes of `text` at `at` that are the folded `spelling`; 0 where they are not. Spaces do not count and
/// "&" is "and".
std::size_t match_spelling(std::string_view text, std::size_t at, std::string_view spelling) {
  std::size_t here = at;
  for (std::size_t i = 0; i < spelling.size();) {
    std::size_t separators = 0;
    while (i > 0 && here < text.size() && separators < kMostSeparators && is_separator(text[here])) {
      ++here;
      ++separators;
    }
    if (here >= text.size()) return 0;
    if (text[here] == '&' && spelling.substr(i).starts_with("and")) {
      i += 3;
    } else if (text[here] == spelling[i]) {
      ++i;
    } else {
      return 0;
    }
    ++here;
  }
  const bool word = is_letter(spelling.back()) && here < text.size() && is_letter(text[here]);
  return word ? 0 : here - at;
}

/// Words that make "other" mean all the rest.
const PhraseSet& before_other() {
  static const PhraseSet phrases = {"any", "all",   "the", "every", "each", "than",
                                    "no",  "among", "比",  "所有",  "任何", "各"};
  return phrases;
}

const PhraseSet& after_other() {
  static const PhraseSet phrases = {"categor*", "scene", "scenes", "type", "types", "spending",
                                    "expense*", "area*", "类",     "的",   "各",    "所有",
                                    "几",       "支出",  "消费",   "场景", "方面",  "任何"};
  return phrases;
}

class SceneScanner {
 public:
  SceneScanner(const AnswerText& answer, const Catalogue& catalogue)
      : answer_(answer), text_(answer.lower), catalogue_(catalogue) {}

  std::vector<SceneInAnswer> scan() {
    std::vector<SceneInAnswer> scenes;
    for (std::size_t at = 0; at < text_.size();) {
      if (!may_begin(at)) {
        ++at;
        continue;
      }
      const auto scene = read(at);
      if (scene) scenes.push_back(*scene);
      at = scene ? scene->span.end : at + 1;
    }
    return scenes;
  }

 private:
  bool may_begin(std::size_t at) const {
    const char c = text_[at];
    if (static_cast<unsigned char>(c) >= 0xC0) return true;
    return is_letter(c) && (at == 0 || !is_letter(text_[at - 1]));
  }

  std::optional<SceneInAnswer> read(std::size_t at) const {
    const auto& spellings = catalogue_.scene_spellings();
    const std::string_view first = text_.substr(at, 1);
    std::size_t longest = 0;
    auto best = spellings.end();
    for (auto it = spellings.lower_bound(first); it != spellings.end() && it->first.starts_with(first);
         ++it) {
      const std::size_t size = match_spelling(text_, at, it->first);
      if (size <= longest) continue;
      longest = size;
      best = it;
    }
    if (longest == 0) return std::nullopt;
    const Span span{.begin = at, .end = at + longest};
    return SceneInAnswer{.span = span, .scene = best->second, .weak = is_weak(span, best->second)};
  }

  bool is_weak(Span span, SceneId id) const {
    const Scene& scene = catalogue_.scene(id);
    const std::string_view word = span.of(text_);
    const bool chinese = static_cast<unsigned char>(word.front()) >= 0x80;
    const bool capital = answer_.shown[span.begin] != text_[span.begin];
    const bool alias = word != lower_ascii(scene.name) && word != lower_ascii(scene.chinese);
    if (alias && (chinese || !capital)) return true;
    return is_the_rest(span, word, capital);
  }

  /// "any other category", 其他类别
  bool is_the_rest(Span span, std::string_view word, bool capital) const {
    if (!word.starts_with("other") && word != "其他" && word != "其它") return false;
    std::string_view before = text_.substr(0, span.begin);
    while (before.ends_with(' ')) before.remove_suffix(1);
    const std::size_t space = text_.substr(span.end).starts_with(' ') ? 1 : 0;
    return !capital &&
           (before_other().match_end(before) > 0 || after_other().match_at(text_, span.end + space) > 0);
  }

  const AnswerText& answer_;
  std::string_view text_;
  const Catalogue& catalogue_;
};

}  // namespace

std::vector<SceneInAnswer> scenes_in_answer(const AnswerText& answer, const Catalogue& catalogue) {
  return SceneScanner(answer, catalogue).scan();
}

}  // namespace synthv1
