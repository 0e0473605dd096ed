"""The tables that worlds are made of: names, companies, careers and what people write, in English and French."""
