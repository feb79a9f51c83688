using System.Text;
using System.Xml;

namespace ServiceOffices.Web.Catalog;

/// <summary>Writes a graph as RDF 1.1 XML, the syntax that harvesters of DCAT-AP-SE read.</summary>
internal static class RdfXmlGraphWriter
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public static byte[] Write(RdfGraph graph)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("rdf", "RDF", Rdf);
            foreach (var (prefix, ns) in DcatVocabularies.Prefixes)
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
        WriteStartElement(xml, node.Type);
        xml.WriteAttributeString("rdf", "about", Rdf, node.Iri);
        foreach (var (predicate, objects) in node.Properties)
        {
            foreach (var term in objects)
            {
                WriteStartElement(xml, predicate);
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

        if (term.LanguageTag is not null)
        {
            xml.WriteAttributeString("xml", "lang", null, term.LanguageTag);
        }
        else if (term.Datatype is not null)
        {
            xml.WriteAttributeString("rdf", "datatype", Rdf, DcatVocabularies.Expand(term.Datatype));
        }

        xml.WriteString(term.Value);
    }

    private static void WriteStartElement(XmlWriter xml, string name)
    {
        var (prefix, local) = DcatVocabularies.Split(name);
        xml.WriteStartElement(prefix, local, DcatVocabularies.GetNamespace(prefix));
    }
}
