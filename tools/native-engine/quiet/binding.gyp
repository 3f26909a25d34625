{ 'targets': [{ 'target_name': 'quiet', 'sources': ['quiet.c'] }] }
