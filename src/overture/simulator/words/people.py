"""Given and family names, places, schools and skills."""

ENGLISH_GIVEN = {
    "f": (
        "Abigail Alice Amelia Anna Beatrice Bella Brenda Carol Charlotte Chloe Claire Daisy Deborah Diane Eleanor Eliza "
        "Emily Emma Erin Fiona Florence Grace Hannah Harriet Hazel Heather Helen Imogen Iris Isabel Jane Jessica Joanna "
        "Judith Julia Karen Kate Laura Leah Lily Linda Lucy Lydia Mabel Margaret Martha Megan Miriam Molly Nadia Naomi "
        "Natalie Nina Nora Olivia Paige Penelope Phoebe Priya Rachel Rebecca Rosa Ruth Sarah Sheila Sophie Stella Susan "
        "Tamara Tessa Victoria Violet Wendy Yasmin Zoe"
    ).split(),
    "m": (
        "Aaron Adam Adrian Alan Albert Andrew Anthony Arthur Ben Brian Callum Charles Christopher Colin Connor Daniel "
        "David Dennis Dominic Donald Edward Elliot Eric Ethan Evan Felix Frank Gareth Gavin George Gordon Graham Harry "
        "Henry Hugh Ian Isaac Jack Jacob James Jason Jeremy Joel Jonathan Joseph Joshua Keith Kenneth Kevin Liam Louis "
        "Luke Malcolm Marcus Martin Matthew Michael Nathan Neil Nicholas Noah Oliver Oscar Owen Patrick Paul Peter "
        "Philip Rahul Raymond Richard Robert Roger Samir Samuel Simon Stephen Thomas Timothy Toby Trevor Victor Walter"
    ).split(),
}
FRENCH_GIVEN = {
    "f": (
        "Adèle Agathe Agnès Alice Aline Amandine Anaïs Anne Audrey Aurélie Béatrice Camille Capucine Carole Caroline "
        "Catherine Cécile Céline Charlotte Chantal Claire Clémence Corinne Delphine Diane Élise Élodie Émilie Estelle "
        "Eugénie Fanny Florence Gaëlle Hélène Inès Isabelle Jeanne Julie Juliette Justine Karine Laure Léa Louise Lucie "
        "Manon Margaux Marie Marine Marion Mathilde Mélanie Nadège Nathalie Noémie Océane Pauline Rachida Sabine Sandrine "
        "Solène Sophie Stéphanie Sylvie Valérie Véronique Yasmine Zoé"
    ).split(),
    "m": (
        "Adrien Alain Alexandre Antoine Arnaud Aurélien Baptiste Bastien Benoît Bruno Cédric Christophe Clément Damien "
        "Denis Didier Édouard Emmanuel Étienne Fabien Fabrice Florent Franck François Frédéric Gaël Gaspard Gilles "
        "Grégoire Guillaume Hugo Jean Jérôme Joël Julien Karim Laurent Loïc Louis Lucas Ludovic Marc Mathieu Maxime "
        "Mehdi Nicolas Olivier Pascal Paul Philippe Pierre Quentin Raphaël Régis Rémi Renaud Romain Sébastien Serge "
        "Simon Stéphane Sylvain Théo Thibault Thierry Thomas Valentin Vincent Xavier Yann Yves"
    ).split(),
}
ENGLISH_FAMILY = (
    "Abbott Ainsley Aldridge Ashby Atwell Bainbridge Barlow Bartlett Beckett Bellamy Birch Blackwood Bradshaw Brierley "
    "Burgess Calloway Carver Chadwick Clifton Colby Cooper Crawley Croft Dalton Darby Denham Dixon Drayton Dunning "
    "Eastwood Ellery Emerson Fairley Farrow Fenwick Fletcher Forsyth Foxley Garside Gilmore Goodwin Grantham Greaves "
    "Hadley Halloran Hargreave Harlow Hartley Haywood Hollis Holloway Hurst Ingram Jarvis Keating Kendall Kirby Lambert "
    "Langley Latham Lockwood Lorimer Maddox Mallory Marlow Merrick Middleton Millward Mercer Neville Norwood Oakley "
    "Okafor Osborne Padgett Parrish Patel Pemberton Penrose Pickering Prescott Quigley Radcliffe Ramsey Redfern Rowley "
    "Sadler Sandford Sharma Shelby Sinclair Stanton Sutcliffe Tennant Thornton Tilley Underhill Varley Wainwright Walden "
    "Warwick Weston Whitlock Winslow Woodley Wycliffe Yardley"
).split()
FRENCH_FAMILY = (
    "Allard Amiot Arnoux Aubry Bailly Barbier Baudoin Beaumont Bellanger Benali Berthier Besnard Blanchet Bonnefoy "
    "Bouchet Boulanger Bourdin Bouvier Brunet Carlier Carpentier Chabert Charpentier Chauvin Chevallier Clavel Collet "
    "Cordier Coulon Courtois Dacosta Daniel Delaunay Delmas Descamps Diallo Ducrocq Dufour Dumas Duval Fabre Faucher "
    "Ferrand Fontaine Gaillard Garnier Gauthier Germain Girault Grandjean Grosjean Guérin Guichard Haddad Hamel Hervé "
    "Huet Imbert Jacquet Joubert Lacroix Lambert Langlois Lapierre Laval Leblanc Leclerc Lefort Legrand Lemaire Lenoir "
    "Leroux Levasseur Maillard Marchand Maréchal Masson Mathieu Mercier Meunier Michaud Morel Moulin Navarro Noël Ollivier "
    "Pasquier Pelletier Perrin Picard Poirier Prévost Raynaud Regnier Renault Ricard Rivière Roussel Salmon Sauvage "
    "Tessier Thibaud Toussaint Valentin Vasseur Verdier Vidal Voisin"
).split()

PLACES = (
    # city, location as LinkedIn writes it, country, French, share
    ("Paris", "Paris, Île-de-France, France", "FR", True, 16),
    ("Lyon", "Lyon, Auvergne-Rhône-Alpes, France", "FR", True, 8),
    ("Lille", "Lille, Hauts-de-France, France", "FR", True, 4),
    ("Nantes", "Nantes, Pays de la Loire, France", "FR", True, 4),
    ("Bordeaux", "Bordeaux, Nouvelle-Aquitaine, France", "FR", True, 4),
    ("Toulouse", "Toulouse, Occitanie, France", "FR", True, 4),
    ("Bruxelles", "Bruxelles, Région de Bruxelles-Capitale, Belgique", "BE", True, 4),
    ("Genève", "Genève, Suisse", "CH", True, 3),
    ("Montréal", "Montréal, Québec, Canada", "CA", True, 4),
    ("London", "London, England, United Kingdom", "GB", False, 14),
    ("Manchester", "Manchester, England, United Kingdom", "GB", False, 5),
    ("Edinburgh", "Edinburgh, Scotland, United Kingdom", "GB", False, 3),
    ("Dublin", "Dublin, County Dublin, Ireland", "IE", False, 3),
    ("New York", "New York, New York, United States", "US", False, 8),
    ("Boston", "Boston, Massachusetts, United States", "US", False, 4),
    ("Austin", "Austin, Texas, United States", "US", False, 4),
    ("Chicago", "Chicago, Illinois, United States", "US", False, 4),
    ("Toronto", "Toronto, Ontario, Canada", "CA", False, 4),
)

ENGLISH_SCHOOLS = (
    "Ashdown University", "University of Northmere", "Calder Institute of Technology", "Holloway Business School",
    "Westbrook State University", "St Aldric College", "University of Elmsford", "Penmarsh Polytechnic",
)  # fmt: skip
FRENCH_SCHOOLS = (
    "École supérieure de Valmont", "Université de Rochebrune", "Institut polytechnique d'Aubrac",
    "École de commerce de Saint-Elme", "Université Clairval", "IUT de Montferrand-sur-Loire",
)  # fmt: skip

PHONES = {"FR": "+33 1 99 00 {:02d} {:02d}", "GB": "+44 20 7946 0{:01d}{:02d}", "US": "+1 212 555 01{:02d}"}
"""Ranges that ARCEP, Ofcom and the North American Numbering Plan keep for fiction."""
