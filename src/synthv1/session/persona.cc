// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/persona.h"

#include "synthv1/plan/record_plan.h"
#include "synthv1/session/render.h"

namespace synthv1 {

namespace {

constexpr std::size_t kThreads = 2;

Tags draw_circumstances(RandomStream& random) {
  Tags tags = 0;
  const std::uint64_t work = random.below(10);
  tags |= work < 6 ? tag("office") : work < 8 ? tag("student") : tag("freelance");
  const bool student = (tags & tag("student")) != 0;
  const std::uint64_t home = random.below(10);
  if (home < 4) tags |= student ? tag("roommate") : tag("partner");
  if (home >= 4 && home < 7) tags |= tag("roommate");
  if ((tags & tag("partner")) != 0 && random.chance(35)) tags |= tag("kid");
  const std::uint64_t pet = random.below(10);
  if (pet < 2) tags |= tag("dog") | tag("has_pet");
  if (pet >= 2 && pet < 4) tags |= tag("cat") | tag("has_pet");
  if (!student && random.chance(45)) tags |= tag("car");
  return tags;
}

}  // namespace

Casting::Casting(const Phrases& phrases, std::uint64_t seed)
    : phrases_(phrases),
      seed_(seed),
      names_(phrases.fragments.size(), RandomStream(seed).child("personas")),
      threads_(phrases.threads.size(), RandomStream(seed).child("personas").child("threads")) {}

Persona Casting::draw(std::uint32_t index) {
  RandomStream random = record_stream(seed_, index).child("persona");
  names_.begin_record(index);
  threads_.begin_record(index);
  Persona persona;
  persona.tags = draw_circumstances(random);
  persona.name = draw_name(PersonaList::people, "Alex", random);
  for (std::string& name : persona.friends) name = draw_name(PersonaList::people, "Sam", random);
  persona.colleague = draw_name(PersonaList::people, "Robin", random);
  persona.sibling = draw_name(PersonaList::people, "Kim", random);
  persona.city = draw_name(PersonaList::cities, "the city", random);
  const bool dog = (persona.tags & tag("dog")) != 0;
  persona.pet = draw_name(dog ? PersonaList::dogs : PersonaList::cats, "Momo", random);
  persona.threads = draw_threads(persona.tags);
  return persona;
}

std::string Casting::draw_name(PersonaList list, std::string_view fallback, RandomStream& random) {
  const Group group = phrases_.persona[static_cast<std::size_t>(list)];
  const auto drawn = names_.draw(group, [](std::uint32_t) { return true; });
  if (!drawn) return std::string(fallback);
  std::string name;
  render(phrases_.code_of(phrases_.fragments[*drawn]), {}, random, name);
  return name.empty() ? std::string(fallback) : name;
}

std::vector<Thread> Casting::draw_threads(Tags tags) {
  std::vector<Thread> threads;
  const Group all{.first = 0, .count = static_cast<std::uint32_t>(phrases_.threads.size())};
  const Filling filling{.values = {}, .tags = tags};
  const auto fits = [&](std::uint32_t i) { return filling.fits(phrases_.threads[i].condition); };
  while (threads.size() < kThreads && threads.size() < all.count) {
    const auto drawn = threads_.draw(all, fits);
    if (!drawn) break;
    threads.push_back(phrases_.threads[*drawn]);
  }
  return threads;
}

}  // namespace synthv1
