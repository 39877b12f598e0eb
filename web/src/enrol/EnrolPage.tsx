export default function EnrolPage() {
  return null;
}
