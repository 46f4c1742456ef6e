"""How well one text answers another: terms, their similarity, scores and the words behind them."""
