using System.Globalization;
using System.Text;

namespace ServiceOffices.Web.Catalog;

/// <summary>RDF 1.1 Turtle.</summary>
internal static class TurtleGraphWriter
{
    public static byte[] Write(RdfGraph graph)
    {
        var builder = new StringBuilder();
        foreach (var (prefix, ns) in DcatVocabularies.Prefixes)
        {
            builder.Append("@prefix ").Append(prefix).Append(": <").Append(ns).Append("> .\n");
        }

        foreach (var node in graph.Nodes)
        {
            builder.Append('\n');
            AppendIri(builder, node.Iri);
            builder.Append(" a ").Append(node.Type);
            foreach (var (predicate, objects) in node.Properties)
            {
                builder.Append(" ;\n  ").Append(predicate).Append(' ');
                for (var i = 0; i < objects.Count; i++)
                {
                    builder.Append(i > 0 ? ", " : "");
                    Append(builder, objects[i]);
                }
            }

            builder.Append(" .\n");
        }

        return Encoding.UTF8.GetBytes(builder.ToString());
    }

    private static void Append(StringBuilder builder, RdfTerm term)
    {
        if (term.IsIri)
        {
            AppendIri(builder, term.Value);
            return;
        }

        builder.Append('"');
        foreach (var character in term.Value)
        {
            AppendEscaped(builder, character, mustEscape: character is '"' or '\\' || char.IsControl(character));
        }

        builder.Append('"');
        if (term.LanguageTag is not null)
        {
            builder.Append('@').Append(term.LanguageTag);
        }
        else if (term.Datatype is not null)
        {
            builder.Append("^^").Append(term.Datatype);
        }
    }

    // RDF 1.1 Turtle, 6.5: IRIREF.
    private static void AppendIri(StringBuilder builder, string iri)
    {
        builder.Append('<');
        foreach (var character in iri)
        {
            AppendEscaped(builder, character, mustEscape: character <= ' ' || "<>\"{}|^`\\".Contains(character));
        }

        builder.Append('>');
    }

    private static void AppendEscaped(StringBuilder builder, char character, bool mustEscape)
    {
        if (mustEscape)
        {
            builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        else
        {
            builder.Append(character);
        }
    }
}
