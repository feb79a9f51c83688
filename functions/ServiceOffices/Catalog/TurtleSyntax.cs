using System.Globalization;
using System.Text;

namespace ServiceOffices.Catalog;

/// <summary>RDF 1.1 Turtle.</summary>
internal static class TurtleSyntax
{
    public static byte[] Write(RdfGraph graph)
    {
        var text = new StringBuilder();
        foreach (var (prefix, ns) in RdfNames.Prefixes)
        {
            text.Append("@prefix ").Append(prefix).Append(": <").Append(ns).Append("> .\n");
        }

        foreach (var node in graph.Nodes)
        {
            text.Append('\n');
            AppendIri(text, node.Iri);
            text.Append(" a ").Append(node.Type);
            foreach (var (predicate, objects) in node.Properties)
            {
                text.Append(" ;\n  ").Append(predicate).Append(' ');
                for (var i = 0; i < objects.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "");
                    Append(text, objects[i]);
                }
            }

            text.Append(" .\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, RdfTerm term)
    {
        if (term.IsIri)
        {
            AppendIri(text, term.Value);
            return;
        }

        text.Append('"');
        foreach (var character in term.Value)
        {
            AppendEscaped(text, character, mustEscape: character is '"' or '\\' || char.IsControl(character));
        }

        text.Append('"');
        if (term.Language is not null)
        {
            text.Append('@').Append(term.Language);
        }
        else if (term.Datatype is not null)
        {
            text.Append("^^").Append(term.Datatype);
        }
    }

    // RDF 1.1 Turtle, 6.5: IRIREF.
    private static void AppendIri(StringBuilder text, string iri)
    {
        text.Append('<');
        foreach (var character in iri)
        {
            AppendEscaped(text, character, mustEscape: character <= ' ' || "<>\"{}|^`\\".Contains(character));
        }

        text.Append('>');
    }

    private static void AppendEscaped(StringBuilder text, char character, bool mustEscape)
    {
        if (mustEscape)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        else
        {
            text.Append(character);
        }
    }
}
