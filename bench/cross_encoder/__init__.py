"""The reranker: a six-layer cross-encoder that reads a question beside runs of an article's sentences.

The best BM25 sentences and their neighbours are packed into windows, and every sentence of a window gets a logit,
relative to an imagined "the article does not say" of logit 0: P(i answers) = exp(s_i) / (1 + sum_j exp(s_j)). Needs
torch, transformers and onnx, which Pullquote itself does not depend on; how to run it stands in `__main__.py`.
"""
