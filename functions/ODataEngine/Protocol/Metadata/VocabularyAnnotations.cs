using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.Measures.V1;
using Microsoft.OData.Edm.Vocabularies.V1;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Metadata;

/// <summary>An OASIS vocabulary that <c>$metadata</c> uses: its terms and the reference to its document.</summary>
internal sealed class Vocabulary
{
    private const string BaseUrl = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/";

    private readonly IEdmModel model;

    private Vocabulary(string alias, IEdmModel terms)
    {
        Alias = alias;
        this.model = terms;
    }

    public static Vocabulary Core { get; } = new("Core", CoreVocabularyModel.Instance);

    public static Vocabulary Capabilities { get; } = new("Capabilities", CapabilitiesVocabularyModel.Instance);

    public static Vocabulary Measures { get; } = new("Measures", MeasuresVocabularyModel.Instance);

    public static Vocabulary Validation { get; } = new("Validation", ValidationVocabularyModel.Instance);

    public static Vocabulary Aggregation { get; } = new("Aggregation", ExtensionVocabularies.Aggregation);

    public static Vocabulary Temporal { get; } = new("Temporal", ExtensionVocabularies.Temporal);

    private string Alias { get; }

    private string Namespace => $"Org.OData.{Alias}.V1";

    /// <summary>Adds the references to vocabularies, to their documents in the given format (<c>xml</c> or <c>json</c>).</summary>
    public static void AddReferences(EdmModel edm, string format, IReadOnlyList<Vocabulary> vocabularies)
    {
        edm.SetEdmReferences(vocabularies.Select(vocabulary => vocabulary.CreateReference(format)).ToList());
        foreach (var vocabulary in vocabularies)
        {
            edm.SetNamespaceAlias(vocabulary.Namespace, vocabulary.Alias);
            if (!edm.ReferencedModels.Contains(vocabulary.model))
            {
                edm.AddReferencedModel(vocabulary.model);
            }
        }
    }

    /// <summary>Adds an annotation to an element of the model, inline.</summary>
    public void Annotate(EdmModel edm, IEdmVocabularyAnnotatable target, string term, IEdmExpression value, string? qualifier = null)
    {
        var annotation = CreateAnnotation(edm, target, term, value, qualifier);
        edm.AddVocabularyAnnotation(annotation);
    }

    /// <summary>Creates an annotation as <see cref="Annotate"/> does, without adding it to the model.</summary>
    public EdmVocabularyAnnotation CreateAnnotation(EdmModel edm, IEdmVocabularyAnnotatable target, string term, IEdmExpression value, string? qualifier)
    {
        var annotation = new EdmVocabularyAnnotation(target, FindTerm(term), qualifier, value);
        annotation.SetSerializationLocation(edm, EdmVocabularyAnnotationSerializationLocation.Inline);
        return annotation;
    }

    /// <summary>Creates an annotation value from a member of an enumeration of this vocabulary.</summary>
    public IEdmExpression CreateEnumMember(string enumeration, string member)
    {
        var type = (IEdmEnumType)model.FindDeclaredType($"{Namespace}.{enumeration}");
        return new EdmEnumMemberExpression(type.Members.Single(candidate => candidate.Name == member));
    }

    /// <summary>Gets the reference to a complex type of this vocabulary, for a record whose type cannot be inferred.</summary>
    public IEdmComplexTypeReference GetComplexType(string name) =>
        new EdmComplexTypeReference((IEdmComplexType)model.FindDeclaredType($"{Namespace}.{name}"), isNullable: false);

    private IEdmTerm FindTerm(string name) =>
        model.FindDeclaredTerm($"{Namespace}.{name}") ?? throw new ArgumentException($"{Namespace} has no term '{name}'.", nameof(name));

    private EdmReference CreateReference(string format)
    {
        var reference = new EdmReference(new Uri($"{BaseUrl}{Namespace}.{format}"));
        reference.AddInclude(new EdmInclude(Alias, Namespace));
        return reference;
    }
}

/// <summary>Annotates sets and properties with descriptions in both languages, units, and allowed values with their labels.</summary>
internal static class VocabularyAnnotations
{
    // CSDL has no language tags and Core.Description is one string. English has no qualifier, so that clients that ignore
    // qualifiers show English.
    private const string SwedishQualifier = "sv";

    /// <param name="languageDependentOrder">True to annotate strings whose order depends on a language (OData 4.01 Part 1, 11.2.6.2).</param>
    public static void Add(EdmModel edm, EntityModel model, bool languageDependentOrder)
    {
        foreach (var set in model.Sets)
        {
            AddDescription(edm, edm.EntityContainer.FindEntitySet(set.Name), set.Description);
        }

        var visitedTypes = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            Add(edm, set.Type, visitedTypes, languageDependentOrder);
        }
    }

    private static void Add(EdmModel edm, StructuredType type, HashSet<StructuredType> visitedTypes, bool languageDependentOrder)
    {
        if (!visitedTypes.Add(type))
        {
            return;
        }

        var declared = (IEdmStructuredType)EdmModelBuilder.FindType(edm, type);
        foreach (var property in type.OwnProperties)
        {
            var target = declared.FindProperty(property.Name);
            Add(edm, target, property);
            if (languageDependentOrder && property.Collation is not null)
            {
                Vocabulary.Core.Annotate(edm, target, "IsLanguageDependent", new EdmBooleanConstant(true));
            }

            if (property.ElementType is StructuredType complexType && !property.IsNavigation)
            {
                Add(edm, complexType, visitedTypes, languageDependentOrder);
            }
        }

        foreach (var derived in type.DerivedTypes)
        {
            Add(edm, derived, visitedTypes, languageDependentOrder);
        }
    }

    private static void Add(EdmModel edm, IEdmProperty target, Property property)
    {
        if ((property.Description ?? property.Title) is { } description)
        {
            AddDescription(edm, target, description);
        }

        if (property.Unit is { } unit)
        {
            Vocabulary.Measures.Annotate(edm, target, "Unit", new EdmStringConstant(unit));
        }

        if (property.AllowedValues.Count > 0)
        {
            Vocabulary.Validation.Annotate(edm, target, "AllowedValues",
                new EdmCollectionExpression(property.AllowedValues.Select(allowed => CreateAllowedValueRecord(edm, allowed))));
        }
    }

    private static void AddDescription(EdmModel edm, IEdmVocabularyAnnotatable target, LocalizedString text)
    {
        if (text.En.Length > 0)
        {
            Vocabulary.Core.Annotate(edm, target, "Description", new EdmStringConstant(text.En));
        }

        if (text.Sv.Length > 0)
        {
            Vocabulary.Core.Annotate(edm, target, "Description", new EdmStringConstant(text.Sv), SwedishQualifier);
        }
    }

    private static AnnotatableRecord CreateAllowedValueRecord(EdmModel edm, AllowedValue allowed)
    {
        var record = new AnnotatableRecord(new EdmPropertyConstructor("Value", new EdmStringConstant(allowed.Value)));
        AddDescription(edm, record, allowed.Label);
        return record;
    }
}

/// <summary>A record that can be annotated, which CSDL XML 4.01, 14.4.12, allows and the record of the library does not.</summary>
internal sealed class AnnotatableRecord(params IEdmPropertyConstructor[] properties) : EdmRecordExpression(properties), IEdmVocabularyAnnotatable;
