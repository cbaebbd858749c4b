// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/rewrite_check.h"

#include "synthv1/base/text.h"
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/paraphrase/rewrite_reading.h"

#include <algorithm>
#include <array>
#include <map>

namespace synthv1 {

namespace {

/// Aliases that sentences about spending hold anyway.
constexpr std::array<std::string_view, 4> kOrdinaryAliases = {"purchases", "purchase", "bill", "fun"};
constexpr std::array<std::string_view, 4> kOtherNames = {"other", "others", "其他", "其它"};

bool one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

/// The names of a catalogue's scenes and subscenes, with the spellings that a sentence may give them.
class NameBuilder {
 public:
  explicit NameBuilder(std::vector<SceneName>& names) : names_(names) {}

  void add_scene(SceneId id, const Scene& scene) {
    for (const std::string& name : {scene.name, scene.chinese}) {
      add(name, [&](SceneName& entry) { entry.scene = id, entry.identifier = true; });
    }
    for (const std::string& alias : scene.aliases) {
      if (one_of(lower_ascii(alias), kOrdinaryAliases)) continue;
      add(alias, [&](SceneName& entry) {
        if (!entry.scene) entry.scene = id;
      });
    }
  }

  void add_pair(PairId id, const Pair& pair) {
    const auto note = [&](SceneName& entry) {
      if (entry.pairs.empty() || entry.pairs.back() != id) entry.pairs.push_back(id);
    };
    add(pair.name, note);
    add(pair.chinese, note);
    for (const std::string& alias : pair.aliases) add(alias, note);
  }

  std::vector<Lexicon::Entry> entries() const {
    std::vector<Lexicon::Entry> entries;
    for (const auto& [text, index] : index_) {
      entries.push_back({text, WordRole::name, static_cast<std::uint16_t>(index), 0, text.size() >= 4, 0});
    }
    return entries;
  }

 private:
  void add(std::string_view name, const auto& note) {
    const std::string text = lower_ascii(name);
    if (text.empty()) return;
    note(entry(text));
    for (const std::string& variant : variants(text)) {
      if (!variant.empty() && !one_of(variant, kOrdinaryAliases)) note(entry(variant));
    }
  }

  /// "books and materials" of "books & materials"; "utility" of "utilities"; "meal" of "meals".
  static std::vector<std::string> variants(const std::string& text) {
    std::vector<std::string> found{replaced(text, " & ", " and "), replaced(text, " and ", " & ")};
    if (text.ends_with("ies")) found.push_back(text.substr(0, text.size() - 3) + "y");
    if (text.ends_with("y") && text.size() > 4) found.push_back(text.substr(0, text.size() - 1) + "ies");
    const bool plural =
        text.size() > 4 && text.ends_with("s") && !text.ends_with("ss") && !text.ends_with("us");
    if (plural && !text.ends_with("ies")) found.push_back(text.substr(0, text.size() - 1));
    return found;
  }

  SceneName& entry(const std::string& text) {
    const auto [at, made] = index_.try_emplace(text, names_.size());
    if (made) names_.emplace_back();
    return names_[at->second];
  }

  std::vector<SceneName>& names_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

std::vector<Lexicon::Entry> build_names(const Catalogue& catalogue, std::vector<SceneName>& names) {
  NameBuilder builder(names);
  for (std::size_t i = 0; i < catalogue.scenes.size(); ++i) {
    builder.add_scene(static_cast<SceneId>(i), catalogue.scenes[i]);
  }
  for (std::size_t i = 0; i < catalogue.pairs.size(); ++i) {
    builder.add_pair(static_cast<PairId>(i), catalogue.pairs[i]);
  }
  return builder.entries();
}

std::optional<SceneId> find_other(const Catalogue& catalogue) {
  for (std::size_t i = 0; i < catalogue.scenes.size(); ++i) {
    if (is_ordinary_word(catalogue.scenes[i].name)) return static_cast<SceneId>(i);
  }
  return std::nullopt;
}

}  // namespace

RewriteCheck::RewriteCheck(const Catalogue& catalogue, Language language)
    : catalogue_(catalogue),
      language_(language),
      lexicon_(with_vocabulary(build_names(catalogue, names_))),
      other_(find_other(catalogue)) {
  for (const QuestionType& type : catalogue.question_types)
    things_.push_back(thing_asked(type, language, lexicon_));
}

const ThingAsked* RewriteCheck::thing(std::string_view category) const {
  const auto found = std::find_if(things_.begin(), things_.end(),
                                  [&](const ThingAsked& thing) { return thing.category == category; });
  return found == things_.end() ? nullptr : &*found;
}

std::vector<std::string> RewriteCheck::faults(const Question& question, std::string_view rewrite,
                                              Language in) const {
  return RewriteReading(*this, thing(question.category), question, rewrite, in).faults();
}

std::shared_ptr<const RewriteCheck> rewrite_check(const Catalogue& catalogue, Language language) {
  const Catalogue& standard = default_catalogue();
  if (&catalogue != &standard) return std::make_shared<const RewriteCheck>(catalogue, language);
  static const std::array<std::shared_ptr<const RewriteCheck>, 2> checks = {
      std::make_shared<const RewriteCheck>(standard, Language::english),
      std::make_shared<const RewriteCheck>(standard, Language::chinese)};
  return checks[static_cast<std::size_t>(language)];
}

bool is_ordinary_word(std::string_view name) { return one_of(lower_ascii(name), kOtherNames); }

std::vector<std::string> check_rewrite(const Question& question, std::string_view rewrite, Language language,
                                       const Catalogue& catalogue) {
  return rewrite_check(catalogue, language)->faults(question, rewrite, Language::english);
}

}  // namespace synthv1
