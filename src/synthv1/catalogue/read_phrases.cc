// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/read_phrases.h"

#include "synthv1/base/text.h"
#include "synthv1/catalogue/phrase_compiler.h"
#include "synthv1/catalogue/toml_tables.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::array<std::string_view, 7> kSubsceneKeys = {"merchants",  "items",   "occasions", "tell",
                                                           "tell_first", "confirm", "talk"};
constexpr std::array<std::string_view, 5> kItemKeys = {"item", "thing", "price", "merchants", "when"};
constexpr std::array<std::string_view, 3> kTalkKeys = {"ask", "answers", "when"};
constexpr std::array<std::string_view, 2> kPhraseKeys = {"text", "when"};

/// What each phrase of a key holds, once.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kRequiredSlots = {
    {{"tell", "{amount}"},
     {"confirm", "{amount}"},
     {"give_amount", "{amount}"},
     {"tell_two", "{amount}"},
     {"tell_two", "{amount2}"},
     {"check_total", "{total}"},
     {"give_total", "{total}"}}};

std::uint32_t size32(const auto& items) { return static_cast<std::uint32_t>(items.size()); }

/// "a flat white" → "flat white".
std::string without_article(std::string_view item) {
  for (const std::string_view article : {"a ", "an ", "the ", "some ", "my ", "our "}) {
    if (item.starts_with(article)) return std::string(item.substr(article.size()));
  }
  return std::string(item);
}

class PhraseReader {
 public:
  PhraseReader(Language language, const Catalogue& catalogue) : language_(language), catalogue_(catalogue) {}

  Phrases read(const toml::table& root) {
    out_.subscenes.resize(catalogue_.pairs.size());
    const toml::table* table = root[kLanguageNames[static_cast<std::size_t>(language_)]].as_table();
    if (table == nullptr) return std::move(out_);
    for (const auto& [key, node] : *table) {
      const std::string_view name = key.str();
      if (name == "general") {
        general(as_table(node));
      } else if (name == "persona") {
        persona(as_table(node));
      } else if (name == "threads") {
        threads(node);
      } else {
        scene(name, as_table(node));
      }
    }
    return std::move(out_);
  }

 private:
  static const toml::table& as_table(const toml::node& node) {
    if (!node.is_table()) fault_at(node, "this is a table: [language.Scene.Subscene]");
    return *node.as_table();
  }

  void scene(std::string_view scene_name, const toml::table& subscenes) {
    for (const auto& [key, node] : subscenes) {
      const auto pair = catalogue_.find_pair(scene_name, key.str());
      if (!pair) no_subscene(node, fmt::format("{}/{}", scene_name, key.str()));
      out_.subscenes[static_cast<std::size_t>(*pair)] = subscene(as_table(node));
    }
  }

  [[noreturn]] void no_subscene(const toml::node& node, const std::string& name) const {
    std::vector<std::string> names;
    for (const Pair& pair : catalogue_.pairs) {
      names.push_back(fmt::format("{}/{}", catalogue_.scene(pair.scene).name, pair.name));
    }
    const auto near = nearest(name, names);
    fault_at(node, fmt::format("the catalogue has no subscene '{}'{}", name,
                               near ? fmt::format("; did you mean '{}'?", *near) : ""));
  }

  SubscenePhrases subscene(const toml::table& table) {
    refuse_unknown_keys(table, kSubsceneKeys);
    return {.merchants = fragments(table, "merchants"),
            .occasions = fragments(table, "occasions"),
            .tell = fragments(table, "tell"),
            .tell_first = fragments(table, "tell_first"),
            .confirm = fragments(table, "confirm"),
            .items = items(table),
            .talks = talks(array_of(table, "talk"))};
  }

  void general(const toml::table& table) {
    std::vector<std::string_view> known(kGeneralNames.begin(), kGeneralNames.end());
    known.push_back("talk");
    refuse_unknown_keys(table, known);
    for (std::size_t i = 0; i < kGeneralNames.size(); ++i)
      out_.general[i] = fragments(table, kGeneralNames[i]);
    out_.general_talks = talks(array_of(table, "talk"));
  }

  void persona(const toml::table& table) {
    refuse_unknown_keys(table, kPersonaNames);
    for (std::size_t i = 0; i < kPersonaNames.size(); ++i)
      out_.persona[i] = fragments(table, kPersonaNames[i]);
  }

  void threads(const toml::node& node) {
    if (!node.is_array_of_tables()) fault_at(node, "threads are tables: [[en.threads]]");
    for (const toml::node& element : *node.as_array()) {
      const toml::table& table = *element.as_table();
      refuse_unknown_keys(table, std::array<std::string_view, 3>{"name", "when", "beats"});
      const Condition condition = when(table);
      out_.threads.push_back({.talks = talks(array_of(table, "beats")), .condition = condition});
    }
  }

  Condition when(const toml::table& table) {
    Condition tags;
    const toml::array* names = array_of(table, "when");
    if (names == nullptr) return tags;
    for (const toml::node& node : *names) {
      const std::string name = node.value_or(std::string());
      const bool excluded = name.starts_with('!');
      const auto bit = tag_named(std::string_view(name).substr(excluded ? 1 : 0));
      if (!bit) fault_at(node, bit.error().message);
      (excluded ? tags.excludes : tags.needs) |= *bit;
    }
    return tags;
  }

  CompiledPhrase compile(const toml::node& node, std::string_view text) {
    auto phrase = compile_phrase(text, out_.code);
    if (!phrase) fault_at(node, phrase.error().message);
    return *phrase;
  }

  /// A string, or { text = "...", when = [...] }. Returns the fragment's index.
  std::uint32_t fragment(const toml::node& node) {
    if (node.is_string()) return add(compile(node, node.value_or(std::string())));
    if (!node.is_table()) fault_at(node, "a phrase is text or { text = \"...\", when = [...] }");
    refuse_unknown_keys(*node.as_table(), kPhraseKeys);
    const CompiledPhrase phrase = compile(node, required_text(*node.as_table(), "text"));
    return add(phrase, when(*node.as_table()));
  }

  std::uint32_t add(const CompiledPhrase& phrase, Condition condition = {}) {
    condition.needs |= phrase.needs;
    Fragment& fragment = out_.fragments.emplace_back(phrase.fragment);
    fragment.condition = index_of(condition);
    return size32(out_.fragments) - 1;
  }

  std::uint16_t index_of(const Condition& condition) {
    auto& known = out_.conditions;
    const auto index = std::find(known.begin(), known.end(), condition) - known.begin();
    if (index == std::ssize(known)) known.push_back(condition);
    return static_cast<std::uint16_t>(index);
  }

  template <class Range>
  Group add_all(const Range& nodes) {
    Group group{.first = size32(out_.fragments), .count = 0};
    for (const toml::node& node : nodes) {
      fragment(node);
      ++group.count;
    }
    return group;
  }

  Group fragments(const toml::table& table, std::string_view key) {
    const toml::array* array = array_of(table, key);
    if (array == nullptr) return {};
    for (const toml::node& node : *array) require_slots(node, key);
    return add_all(*array);
  }

  /// What the writer relies on: a line that states amounts has a place for each.
  static void require_slots(const toml::node& node, std::string_view key) {
    const toml::table* table = node.as_table();
    const std::string text = table != nullptr ? text_of(*table, "text", "") : node.value_or(std::string());
    for (const auto& [name, slot] : kRequiredSlots) {
      if (name != key) continue;
      const std::size_t first = text.find(slot);
      if (first == std::string::npos || text.find(slot, first + 1) != std::string::npos) {
        fault_at(node, fmt::format("a phrase of '{}' holds {} once", key, slot));
      }
    }
  }

  Group items(const toml::table& table) {
    Group group{.first = size32(out_.items), .count = 0};
    const toml::array* array = array_of(table, "items");
    if (array == nullptr) return group;
    for (const toml::node& node : *array) {
      if (!node.is_table()) fault_at(node, "an item is { item = \"...\", price = [low, high] }");
      out_.items.push_back(item(*node.as_table()));
      ++group.count;
    }
    return group;
  }

  Item item(const toml::table& table) {
    refuse_unknown_keys(table, kItemKeys);
    const std::string name = required_text(table, "item");
    const toml::array* price = array_of(table, "price");
    if (price == nullptr || price->size() != 2) fault_at(table, "an item has price = [low, high], in yuan");
    Condition condition = when(table);
    const CompiledPhrase whole = compile(table, name);
    condition.needs |= whole.needs;
    Item item{.item = add(whole),
              .thing = add(compile(table, text_of(table, "thing", without_article(name)))),
              .low = yuan(*price->get(0)),
              .high = yuan(*price->get(1)),
              .merchants = fragments(table, "merchants"),
              .condition = condition};
    if (item.low > item.high) fault_at(*price, "the lowest price comes first");
    return item;
  }

  Group talks(const toml::array* array) {
    if (array == nullptr) return {};
    std::vector<Talk> read;
    for (const toml::node& node : *array) {
      if (!node.is_table()) fault_at(node, "a talk is { ask = [...], answers = [[...], ...] }");
      read.push_back(talk(*node.as_table()));
    }
    const Group group{.first = size32(out_.talks), .count = size32(read)};
    out_.talks.insert(out_.talks.end(), read.begin(), read.end());
    return group;
  }

  Talk talk(const toml::table& table) {
    refuse_unknown_keys(table, kTalkKeys);
    const Condition condition = when(table);
    Talk talk{.ask = fragments(table, "ask"), .rows = {}, .condition = condition};
    const toml::array* rows = array_of(table, "answers");
    if (rows == nullptr || rows->empty()) fault_at(table, "a talk has answers = [[user, reply, ...], ...]");
    std::vector<TalkRow> read;
    for (const toml::node& node : *rows) {
      if (!node.is_array() || node.as_array()->size() < 2) {
        fault_at(node, "a row of answers is [user turn, reply, ...]");
      }
      const Group all = add_all(*node.as_array());
      read.push_back({.user = all.first, .replies = {.first = all.first + 1, .count = all.count - 1}});
    }
    talk.rows = {.first = size32(out_.rows), .count = size32(read)};
    out_.rows.insert(out_.rows.end(), read.begin(), read.end());
    return talk;
  }

  Language language_;
  const Catalogue& catalogue_;
  Phrases out_;
};

}  // namespace

Phrases read_phrases(const toml::table& root, Language language, const Catalogue& catalogue) {
  return PhraseReader(language, catalogue).read(root);
}

}  // namespace synthv1
