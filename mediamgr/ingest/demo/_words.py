"""Owns the demo library's words and title templates: invented titles in a dozen languages.

The order of LANGUAGES numbers the groups of every grammar and table of the demo; add at the end only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["LANGUAGES", "LANGUAGE_RAW", "TITLES", "WORDS", "word_list"]

LANGUAGES = ("en", "fr", "es", "de", "it", "ja", "ko", "zh", "sv", "hi", "pt-BR", "ru")
LANGUAGE_RAW = ("eng", "fre", "spa", "ger", "ita", "jpn", "kor", "chi", "swe", "hin", "por", "rus")
"""The same languages as files write them, ISO 639-2/B."""


def word_list(text: str) -> list[str]:
    """The entries of a comma-separated text."""
    return [" ".join(entry.split()) for entry in text.split(",")]


_ENGLISH = {
    "adj": """Amber, Silent, Broken, Hollow, Crimson, Distant, Borrowed, Quiet, Endless, Frozen, Burning,
        Hidden,
        Last, Second, Crooked, Paper, Iron, Glass, Velvet, Golden, Pale, Salt, Winter, Midnight, Wandering,
        Stolen,
        Forgotten, Gentle, Savage, Northern, Painted, Secret, Empty, Narrow, Restless, Scarlet, Thirsty,
        Blind,
        Patient, Drowned, Electric, Feral, Half-Lit, Honest, Lonely, Mechanical, Modest, Nameless, Obedient,
        Perfect,
        Reluctant, Seventh, Slow, Stubborn, Sunken, Tender, Unfinished, Vanishing, Waking, Wicked, Copper,
        Barren,
        Bitter, Careless, Cobalt, Counterfeit, Dappled, Faithful, Flooded, Idle, Ivory, Loyal, Marble, Mended,
        Opaque, Orphaned, Quarrelling, Rusted, Saffron, Sleepless, Tidal, Unquiet, Violet, Weightless,
        Whispering""",
    "noun": """Harbour, Orchard, Lantern, River, Garden, Engine, Bridge, Island, Letter, Mirror, Mountain,
        Station,
        Theatre, Window, Winter, Compass, Cathedral, Canyon, Desert, Forest, Frontier, Glacier, Horizon,
        Kingdom,
        Library, Lighthouse, Machine, Market, Meadow, Monument, Museum, Ocean, Palace, Parade, Passage,
        Pavilion,
        Planet, Prairie, Quarry, Railway, Reservoir, Road, Satellite, School, Shore, Signal, Square,
        Staircase,
        Summer, Swamp, Telegram, Temple, Tower, Tunnel, Valley, Village, Violin, Voyage, Waltz, Weather,
        Workshop,
        Archive, Avenue, Ballroom, Barricade, Canal, Carousel, Circus, City, Coastline, Corridor, Cradle,
        Crossing,
        Currency, Door, Duet, Embassy, Farewell, Fever, Field, Fortune, Furnace, Galaxy, Ghost, Hour, House,
        Hunt,
        Inheritance, Journey, Kitchen, Labyrinth, Ladder, Lake, Map, Mine, Moon, Motel, Oath, Paradise,
        Portrait,
        Promise, Rehearsal, Room, Sermon, Shadow, Skyline, Song, Storm, Suitcase, Tide, Verdict, Vineyard,
        Wedding""",
    "plural": """Winters, Bridges, Miles, Strangers, Wolves, Sparrows, Rivers, Letters, Ghosts, Engines,
        Brothers,
        Sisters, Daughters, Thieves, Kings, Gardens, Shadows, Islands, Lanterns, Storms, Witnesses, Horses,
        Mirrors,
        Machines, Orphans, Pilots, Roads, Secrets, Summers, Swimmers, Tailors, Tides, Windows, Acrobats,
        Bakers,
        Beekeepers, Candles, Clocks, Crows, Detectives, Divers, Foxes, Gamblers, Herons, Liars, Moths,
        Neighbours,
        Oranges, Pilgrims, Sailors, Saints, Smugglers, Stars, Steps, Violins, Voices, Walls, Weddings,
        Whales""",
    "who": """Baker, Cartographer, Clockmaker, Detective, Diplomat, Fisherman, Gardener, Ghost, Governor,
        Hangman,
        Illusionist, Juggler, King, Librarian, Lighthouse Keeper, Mathematician, Midwife, Painter, Pilot,
        Pirate,
        Poet, Postman, Professor, Queen, Sailor, Seamstress, Shepherd, Smuggler, Soldier, Sorcerer, Stranger,
        Surgeon, Tailor, Thief, Translator, Traveller, Violinist, Watchmaker, Widow, Witness, Beekeeper,
        Boxer""",
    "abstract": """Ashes, Autumn, Dust, Echoes, Fire, Fog, Glass, Gravity, Grace, Honey, Ice, Innocence,
        Justice, Light,
        Memory, Mercy, Mischief, Noise, Obedience, Patience, Rain, Rust, Salt, Silence, Sleep, Smoke, Snow,
        Sorrow,
        Stone, Thunder, Time, Trust, Wonder, Absence, Ambition, Belonging, Comfort, Courage, Desire,
        Distance""",
    "place": """Lisbon, Paris, Tokyo, Berlin, Havana, Cairo, Lima, Oslo, Kyoto, Vienna, Istanbul, Nairobi,
        Seoul,
        Montréal, São Paulo, Málaga, Zürich, Kraków, Reykjavík, Tromsø, Glasgow, Dublin, Buenos Aires,
        Hanoi, Mumbai,
        Marseille, Naples, Trieste, Odesa, Tbilisi, Valparaíso, Zanzibar, Dakar, Galway, Nebraska, Montana,
        Ohio,
        Alaska, Patagonia, Brittany, Cornwall, Lapland, Sicily, Shetland, Tasmania""",
    "given": """Ada, Agnes, Amélie, Anton, Beatrix, Benno, Clara, Conrad, Daphne, Desmond, Edith, Elias,
        Esther, Felix,
        Flora, Gideon, Greta, Harriet, Hugo, Ida, Ingrid, Jonah, Josephine, Juno, Leopold, Lucía, Mabel,
        Magnus,
        Marguerite, Milo, Nadia, Nora, Odette, Oscar, Otto, Pearl, Quentin, Ramona, Rosalind, Rufus, Saskia,
        Silas,
        Sofía, Solomon, Tabitha, Theodore, Ursula, Vera, Viktor, Walter, Wilhelmina, Yusuf, Zelda, Zoë""",
    "number": """8½, 12, 1984, 21, 3, 40, 7, 99, 100, 1001, 13, 5, Two, Three, Four, Five, Six, Seven, Nine,
        Ten,
        Eleven, Twelve, Thirteen, Forty, A Hundred, A Thousand""",
    "when": """at Midnight, in Winter, by Noon, After Dark, Before Dawn, Again, Forever, in Reverse, Without
        End,
        in the Rain, on Sunday, on Fire, for Beginners, at Low Tide, Tonight""",
    "verb": """Act, Break, Call, Catch, Fall, Fight, Find, Hide, Hold, Hunt, Leave, Lose, Push, Run, Turn,
        Wait""",
    "answer": """React, Mend, Answer, Release, Rise, Forgive, Keep, Seek, Let Go, Gather, Return, Win, Pull,
        Rest""",
    "order": """Don't Look Down, Never Ask Twice, Leave the Light On, Wait for Me!, Say It Again, Bring Back
        the Rain,
        Keep Off the Grass, Knock Before Dying, Count to Ten, Hold Your Breath, Mind the Gap, Don't Wake the
        Neighbours,
        Ask the Dust Again, Burn After Dancing, Come Home Late, Do Not Disturb (Ever), Follow the Piano, Go
        Slow,
        Help Yourself, It's Only Weather, Just One More..., Let's Pretend, Meet Me Underwater, No Vacancy,
        Off the Map,
        Please Stand By, Who's There?, What Now?, You're Next in Line, Why Not Tuesday?, #NoFilter, 100%
        Honest,
        (Un)known, ¡Ay!, $40 a Day, Error 404, 2:37 AM, E=Me, Nº 5, WALL/PAPER, "Quote Unquote", *Static*,
        U+ME""",
}
_OTHERS = {
    "fr_m": "Été, Hiver, Orage, Amour, Arbre, Enfant, Oiseau, Horizon, Automne, Écho",
    "fr_m2": "Jardin, Silence, Château, Fleuve, Printemps, Secret, Voyage, Rêve, Pont, Miroir, Chemin",
    "fr_f": "Nuit, Mer, Forêt, Promesse, Lumière, Chambre, Fenêtre, Rivière, Maison, Fièvre, Leçon, Tempête",
    "fr_p": """Loups, Cerises, Étoiles, Orphelins, Hirondelles, Voleurs, Sœurs, Frères, Géants, Ombres,
        Abeilles""",
    "fr_ma": "perdu, blanc, secret, oublié, brûlé, inachevé, lointain, d'à côté, de verre, d'hiver",
    "fr_fa": "perdue, blanche, secrète, oubliée, brûlée, inachevée, lointaine, d'à côté, de verre, d'hiver",
    "es_m": "Jardín, Río, Silencio, Camino, Otoño, Corazón, Puente, Espejo, Verano, Secreto, Sueño, Año",
    "es_f": "Noche, Casa, Lluvia, Montaña, Canción, Promesa, Ventana, Isla, Niña, Sombra, Estación, Mañana",
    "es_ma": "perdido, blanco, lejano, de cristal, del sur, olvidado, sin fin, de papel, roto, de mi padre",
    "es_fa": "perdida, blanca, lejana, de cristal, del sur, olvidada, sin fin, de papel, rota, de mi madre",
    "de_m": "Garten, Fluss, Winter, Schatten, Spiegel, Mond, Weg, Brief, König, Sturm, Frühling, Bär",
    "de_f": "Nacht, Brücke, Stadt, Insel, Stille, Uhr, Grenze, Mühle, Königin, Küste, Straße, Tür",
    "de_a": "letzte, stille, verlorene, gläserne, fünfte, graue, geheime, süße, lange, fremde, grüne",
    "it_m": "Giardino, Fiume, Silenzio, Ponte, Mare, Sogno, Segreto, Treno, Viaggio, Inverno, Cielo",
    "it_f": "Notte, Casa, Pioggia, Strada, Città, Finestra, Promessa, Luce, Stagione, Verità, Bottega",
    "it_of": """d'inverno, dei lupi, di carta, di mio padre, del vento, di sale, senza nome, senza perché, a
        metà""",
    "ja_a": "北, 夜, 雨, 風, 星, 海, 森, 雪, 夏, 月, 遠い日, 昨日, 鏡, 約束, 銀色, 東京, 猫, 時間",
    "ja_n": "灯台, 手紙, 庭, 駅, 橋, 歌, 図書館, 旅人, 影, 花火, 島, 扉, 記憶, 物語, 少女, 機械, 食堂",
    "ja_k": "サクラ, ヒカリ, ミナト, ロケット, メトロ, アカリ, レコード, ノイズ, カモメ",
    "ko_a": "푸른, 마지막, 긴, 조용한, 잃어버린, 낯선, 하얀, 겨울, 작은, 붉은, 먼",
    "ko_n": "정원, 바다, 편지, 기차, 등대, 골목, 약속, 그림자, 식당, 여름, 다리, 노래",
    "zh_a": "北方, 春天, 最后, 沉默, 远方, 夜色, 红色, 玻璃, 雨中, 无名, 南城, 昨日",
    "zh_n": "灯塔, 花园, 来信, 车站, 桥, 河流, 戏院, 旅人, 影子, 海岸, 图书馆, 夏天",
    "sv_a": "sista, tysta, långa, förlorade, röda, kalla, okända, gröna, ljusa",
    "sv_n": "sommaren, ön, skogen, bron, natten, resan, älven, fyren, vintern, sjön, gränsen, åskan",
    "hi_a": "आख़िरी, नीला, अधूरा, पुराना, खोया, लंबा, मीठा, सुनहरा",
    "hi_n": "सफ़र, शहर, सपना, आसमान, ख़त, रास्ता, मौसम, घर, वादा",
    "pt_m": "Jardim, Rio, Silêncio, Coração, Verão, Sertão, Caminho, Segredo, Trem",
    "pt_f": "Noite, Estação, Chuva, Canção, Promessa, Irmã, Manhã, Ilha, Cidade",
    "pt_of": "do Sul, de Vidro, dos Avós, sem Fim, da Praia, do Amanhã, de São João, de Papel",
    "ru_a": "Последний, Тихий, Зимний, Далёкий, Красный, Стеклянный, Чужой, Белый",
    "ru_n": "город, остров, поезд, сад, мост, вечер, маяк, причал, дом, сон",
}
WORDS: Mapping[str, Sequence[str]] = {
    name: word_list(text) for part in (_ENGLISH, _OTHERS) for name, text in part.items()
}

TITLES: Sequence[Mapping[str, int]] = (
    {
        "The {adj} {noun}": 7, "The {adj} {noun} of {place}": 4, "{noun} of {abstract}": 4,
        "The {who}'s {noun}": 4,
        "{given} and the {adj} {noun}": 4, "{given} & the {plural}": 2, "{number} {plural}": 2, "{order}": 1,
        "{adj} {plural}": 4, "{place} {when}": 2, "{given}": 1, "The {noun}": 2, "{verb}/{answer}": 1,
        "{noun} & {noun}": 2, "Who Killed the {who}?": 1, "The {who} from {place}": 3,
        "{given}: A {adj} {noun}": 3,
        "A {noun} for {given}": 3, "{abstract}": 1, "{adj} {abstract}, {adj} {plural}": 4,
        "{plural} {when}": 3,
        "My {adj} {who}": 2, "{given} vs. {given}": 1, "{noun} No. {number}": 1, "An Hour in {place}": 1,
        "{number} {plural} {when}": 2, "The {who}, the {who} and the {noun}": 3, "Dear {given},": 1,
    },
    {"L'{fr_m} des {fr_p}": 3, "Le {fr_m2} {fr_ma}": 3, "La {fr_f} {fr_fa}": 3, "Les {fr_p} de {place}": 2,
     "La {fr_f} des {fr_p}": 3, "{given} et l'{fr_m}": 2},
    {"El {es_m} {es_ma}": 3, "La {es_f} {es_fa}": 3, "¿Dónde está {given}?": 1, "¡{given}!": 1,
     "El {es_m} de {given}": 2, "La {es_f} y el {es_m}": 3},
    {"Der {de_a} {de_m}": 3, "Die {de_a} {de_f}": 3, "{given} und die {de_a} {de_f}": 3, "Über {place}": 1},
    {"Il {it_m} {it_of}": 3, "La {it_f} {it_of}": 3, "{given} e il {it_m}": 2, "La {it_f} e il {it_m}": 2},
    {"{ja_a}の{ja_n}": 5, "{ja_a}と{ja_n}": 2, "{ja_k}の{ja_n}": 3, "{ja_k}!": 1, "{ja_a}に咲く{ja_k}": 1,
     "{ja_a}の{ja_n}と{ja_k}": 3},
    {"{ko_a} {ko_n}": 3, "{ko_a} {ko_n}의 {ko_n}": 4, "{ko_n}, {ko_n}": 1},
    {"{zh_a}的{zh_n}": 4, "{zh_a}与{zh_n}": 1, "{zh_n}: {zh_a}的{zh_n}": 2},
    {"Den {sv_a} {sv_n}": 3, "{given} och {sv_n}": 2, "Vid {sv_n}": 1},
    {"{hi_a} {hi_n}": 3, "{hi_a} {hi_n} और {hi_n}": 3},
    {"O {pt_m} {pt_of}": 3, "A {pt_f} {pt_of}": 3, "A {pt_f} e o {pt_m}": 2},
    {"{ru_a} {ru_n}": 3, "{ru_a} {ru_n} и {ru_a} {ru_n}": 2},
)  # fmt: skip
"""Title templates with weights, one group a language."""
