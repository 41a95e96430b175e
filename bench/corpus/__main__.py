import argparse

from django.core.management import call_command

from bench import corpus


def main() -> None:
    parser = argparse.ArgumentParser(description=corpus.__doc__)
    parser.add_argument('--posts', type=int, default=10_000)
    parser.add_argument('--organisations', type=int, default=2_000)
    parser.add_argument('--people', type=int, default=20_000)
    parser.add_argument('--tags', type=int, default=400)
    parser.add_argument('--unfinished', type=int, help='submissions not in print; 14 for each hundred posts')
    parser.add_argument('--seed', type=int, default=1)
    asked = parser.parse_args()
    call_command('migrate', verbosity=0, interactive=False)
    corpus.make(**vars(asked))


if __name__ == '__main__':
    main()
