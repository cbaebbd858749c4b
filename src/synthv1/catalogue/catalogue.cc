// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/catalogue.h"

#include "synthv1/base/text.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// How spellings are compared: width, case, spaces and the ways to write "and" do not matter.
std::string fold(std::string_view name) {
  std::string folded;
  for (const char c : fold_nfkc_case(name)) {
    if (c == '&') {
      folded += "and";
    } else if (c != ' ' && c != '-' && c != '_' && c != '/') {
      folded += c;
    }
  }
  return folded;
}

}  // namespace

std::string_view Catalogue::scene_name(SceneId id, Language language) const {
  return language == Language::chinese ? scene(id).chinese : scene(id).name;
}

std::string_view Catalogue::pair_name(PairId id, Language language) const {
  return language == Language::chinese ? pair(id).chinese : pair(id).name;
}

const std::string& Catalogue::prompt(std::string_view name, Language language) const {
  const Prompts& texts = prompts[static_cast<std::size_t>(language)];
  const auto found = texts.find(name);
  check(found != texts.end(), fmt::format("the catalogue has no prompt '{}'", name));
  return found->second;
}

std::optional<SceneId> Catalogue::find_scene(std::string_view name) const {
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    if (scenes[i].name == name) return static_cast<SceneId>(i);
  }
  return std::nullopt;
}

std::optional<PairId> Catalogue::find_pair(std::string_view scene_name, std::string_view subscene) const {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].name == subscene && scene(pairs[i].scene).name == scene_name) return static_cast<PairId>(i);
  }
  return std::nullopt;
}

std::optional<PairId> Catalogue::fold_pair(std::string_view scene_name, std::string_view subscene) const {
  if (const auto exact = find_pair(scene_name, subscene)) return exact;
  const auto scene = scenes_by_fold_.find(fold(scene_name));
  if (scene == scenes_by_fold_.end()) return std::nullopt;
  const auto found = pairs_by_fold_.find({scene->second, fold(subscene)});
  if (found == pairs_by_fold_.end()) return std::nullopt;
  return found->second;
}

void Catalogue::index() {
  const auto add_names = [](const auto& named, const auto& add) {
    for (std::size_t i = 0; i < named.size(); ++i) add(i, fold(named[i].name));
    for (std::size_t i = 0; i < named.size(); ++i) add(i, fold(named[i].chinese));
    for (std::size_t i = 0; i < named.size(); ++i) {
      for (const std::string& alias : named[i].aliases) add(i, fold(alias));
    }
  };
  add_names(scenes, [this](std::size_t i, std::string name) {
    scenes_by_fold_.emplace(std::move(name), static_cast<SceneId>(i));
  });
  add_names(pairs, [this](std::size_t i, std::string name) {
    pairs_by_fold_.emplace(std::pair(pairs[i].scene, std::move(name)), static_cast<PairId>(i));
  });
}

}  // namespace synthv1
