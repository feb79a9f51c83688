using System.Text;
using System.Xml;

namespace ServiceOffices.Catalog;

/// <summary>RDF 1.1 XML: what harvesters of DCAT-AP-SE read.</summary>
internal static class RdfXmlSyntax
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public static byte[] Write(RdfGraph graph)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("rdf", "RDF", Rdf);
            foreach (var (prefix, ns) in RdfNames.Prefixes)
            {
                xml.WriteAttributeString("xmlns", prefix, null, ns);
            }

            foreach (var node in graph.Nodes)
            {
                Write(xml, node);
            }

            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void Write(XmlWriter xml, RdfGraph.Node node)
    {
        Start(xml, node.Type);
        xml.WriteAttributeString("rdf", "about", Rdf, node.Iri);
        foreach (var (predicate, objects) in node.Properties)
        {
            foreach (var term in objects)
            {
                Start(xml, predicate);
                Write(xml, term);
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, RdfTerm term)
    {
        if (term.IsIri)
        {
            xml.WriteAttributeString("rdf", "resource", Rdf, term.Value);
            return;
        }

        if (term.Language is not null)
        {
            xml.WriteAttributeString("xml", "lang", null, term.Language);
        }
        else if (term.Datatype is not null)
        {
            xml.WriteAttributeString("rdf", "datatype", Rdf, RdfNames.Expand(term.Datatype));
        }

        xml.WriteString(term.Value);
    }

    private static void Start(XmlWriter xml, string name)
    {
        var (prefix, local) = RdfNames.Split(name);
        xml.WriteStartElement(prefix, local, RdfNames.NamespaceOf(prefix));
    }
}
