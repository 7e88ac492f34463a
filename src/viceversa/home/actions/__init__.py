from viceversa.home.actions.sample import load_sample

__all__ = ["load_sample"]
