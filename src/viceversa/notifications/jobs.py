def deliver() -> None:
    pass
