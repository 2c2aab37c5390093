# What the settings say to a rule.
package natslint.lib

# The value of a rule's option: the settings', else the default of the rule's page.
option(rule, name) := input.options[rule][name]
