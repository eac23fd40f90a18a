"""Sources that stay: is each address still there, and where is a copy kept?"""
